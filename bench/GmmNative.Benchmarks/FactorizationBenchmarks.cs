using System.Numerics;
using BenchmarkDotNet.Attributes;
using GmmNative.Interop;
using GmmNative.Interop.Seam;

namespace GmmNative.Benchmarks;

/// <summary>Cholesky factor, inverse, triangular solve and symmetric update of one covariance, on one thread.</summary>
/// <typeparam name="T">The precision.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class FactorizationBenchmarks<T> : IRated
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rows = 256;

    private IDenseOperations<T> _operations = null!;
    private T[] _matrix = null!;
    private T[] _factor = null!;
    private T[] _work = null!;
    private AlignedBuffer<T> _rows = null!;
    private AlignedBuffer<T> _strips = null!;
    private int _stride;
    private PackedFactor<T> _packed = null!;

    /// <summary>The backends that are there.</summary>
    public IEnumerable<BackendKind> Kinds => AvailableBackends.Kinds;

    /// <summary>The backend.</summary>
    [ParamsSource(nameof(Kinds))]
    public BackendKind Backend { get; set; }

    /// <summary>Order of the covariance.</summary>
    [Params(13, 39, 128)]
    public int Order { get; set; }

    /// <inheritdoc/>
    public Work? WorkOf(string benchmark)
    {
        double n = Order;
        return Work.Of<T>(benchmark switch
        {
            nameof(Cholesky) => n * n * n / 3,
            nameof(InvertFromCholesky) => 2 * n * n * n / 3,
            nameof(SolveStrips) => Rows * n * n,
            nameof(AddSymmetricProduct) => Rows * n * (n + 1),
            _ => throw new ArgumentOutOfRangeException(nameof(benchmark), benchmark, "No such benchmark."),
        });
    }

    /// <summary>Makes a positive definite matrix.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _operations = Backends.Select(Backend).Backend.Operations<T>();
        _stride = PaddedRows.Stride(Order);
        _rows = RandomNumbers.Buffer<T>(Rows * _stride);
        _matrix = new T[Order * Order];
        _operations.AddSymmetricProduct(Order, Rows, _rows.Span, _stride, _matrix, Order);
        _factor = [.. _matrix];
        if (_operations.Cholesky(Order, _factor, Order) != 0)
        {
            throw new InvalidOperationException("The benchmark's matrix is not positive definite.");
        }

        _work = [.. _matrix];
        _packed = _operations.PackFactor(Order, _factor, Order);
        _strips = new AlignedBuffer<T>(_operations.Strips(Rows).Length(RowStrips.PaddedHeight(Order)));
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

    /// <summary>trsm of 256 rows, which are refilled so that they stay in range.</summary>
    [Benchmark]
    public void SolveStrips()
    {
        _strips.Span.Fill(T.One);
        _operations.SolveStrips(_packed, new StripMatrix<T>(_operations.Strips(Rows), _strips.Span, RowStrips.PaddedHeight(Order)));
    }

    /// <summary>syrk of 256 rows.</summary>
    [Benchmark]
    public void AddSymmetricProduct() => _operations.AddSymmetricProduct(Order, Rows, _rows.Span, _stride, _work, Order);
}
