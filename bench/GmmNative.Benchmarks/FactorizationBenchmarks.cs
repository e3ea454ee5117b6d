using System.Numerics;
using BenchmarkDotNet.Attributes;
using GmmNative.Interop;

namespace GmmNative.Benchmarks;

/// <summary>Cholesky factor, inverse, triangular solve and symmetric update of one covariance, on one thread.</summary>
/// <typeparam name="T">The precision.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class FactorizationBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rows = 256;

    private IDenseOperations<T> _operations = null!;
    private T[] _matrix = null!;
    private T[] _factor = null!;
    private T[] _work = null!;
    private T[] _rows = null!;
    private T[] _strips = null!;
    private PackedFactor<T> _packed = null!;

    /// <summary>The backends that are there.</summary>
    public IEnumerable<BackendKind> Kinds => AvailableBackends.Kinds;

    /// <summary>The backend.</summary>
    [ParamsSource(nameof(Kinds))]
    public BackendKind Backend { get; set; }

    /// <summary>Order of the covariance.</summary>
    [Params(13, 39, 128)]
    public int Order { get; set; }

    /// <summary>Makes a positive definite matrix.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _operations = Backends.Select(Backend).Backend.Operations<T>();
        _rows = [.. Enumerable.Range(0, Rows * Order).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
        _matrix = new T[Order * Order];
        _operations.AddSymmetricProduct(Order, Rows, _rows, Order, _matrix, Order);
        _factor = [.. _matrix];
        if (_operations.Cholesky(Order, _factor, Order) != 0)
        {
            throw new InvalidOperationException("The benchmark's matrix is not positive definite.");
        }

        _work = [.. _matrix];
        _packed = _operations.PackFactor(Order, _factor, Order);
        _strips = new T[_operations.Strips(Rows).Length(RowStrips.PaddedHeight(Order))];
    }

    /// <summary>potrf.</summary>
    [Benchmark]
    public int Cholesky()
    {
        _matrix.CopyTo(_work, 0);
        return _operations.Cholesky(Order, _work, Order);
    }

    /// <summary>potri.</summary>
    [Benchmark]
    public void InvertFromCholesky()
    {
        _factor.CopyTo(_work, 0);
        _operations.InvertFromCholesky(Order, _work, Order);
    }

    /// <summary>trsm of 256 rows; they are refilled, lest they run out of range.</summary>
    [Benchmark]
    public void SolveStrips()
    {
        _strips.AsSpan().Fill(T.One);
        _operations.SolveStrips(_packed, _operations.Strips(Rows), _strips, RowStrips.PaddedHeight(Order));
    }

    /// <summary>syrk of 256 rows.</summary>
    [Benchmark]
    public void AddSymmetricProduct() => _operations.AddSymmetricProduct(Order, Rows, _rows, Order, _work, Order);
}
