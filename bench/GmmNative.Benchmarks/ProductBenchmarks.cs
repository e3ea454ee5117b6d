using System.Numerics;
using BenchmarkDotNet.Attributes;
using GmmNative.Interop;

namespace GmmNative.Benchmarks;

/// <summary>The two matrix products of a chunk, on one thread.</summary>
/// <typeparam name="T">The precision.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class ProductBenchmarks<T> : IRated
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private IDenseOperations<T> _operations = null!;
    private AlignedBuffer<T> _features = null!;
    private AlignedBuffer<T> _posteriors = null!;
    private AlignedBuffer<T> _sums = null!;
    private PackedOperand<T> _theta = null!;
    private int _stride;

    /// <summary>The backends that are there.</summary>
    public IEnumerable<BackendKind> Kinds => AvailableBackends.Kinds;

    /// <summary>Chunks of real problems.</summary>
    public IEnumerable<ProductShape> Shapes =>
    [
        new(192, 78, 256),
        new(336, 128, 64),
        new(72, 819, 32),
        new(64, 8384, 16),
        new(512, 26, 8),
    ];

    /// <summary>The backend.</summary>
    [ParamsSource(nameof(Kinds))]
    public BackendKind Backend { get; set; }

    /// <summary>The chunk.</summary>
    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = null!;

    /// <inheritdoc/>
    public double Operations => 2.0 * Shape.Rows * Shape.Features * Shape.Components;

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _operations = Backends.Select(Backend).Backend.Operations<T>();
        _stride = Posteriors.PaddedWidth<T>(Shape.Components);
        _features = new AlignedBuffer<T>(Shape.Rows * Shape.Features);
        _posteriors = new AlignedBuffer<T>(Shape.Rows * _stride);
        _sums = new AlignedBuffer<T>(Shape.Components * Shape.Features);
        AlignedBuffer<T> theta = new(Shape.Components * Shape.Features);
        foreach (AlignedBuffer<T> buffer in (AlignedBuffer<T>[])[_features, _posteriors, theta])
        {
            foreach (ref T value in buffer.Span)
            {
                value = T.CreateTruncating(random.NextDouble() - 0.5);
            }
        }

        _theta = _operations.Pack(Shape.Components, Shape.Features, theta.Span, Shape.Features);
    }

    /// <summary>Log joint densities: L = Phi Theta'.</summary>
    [Benchmark]
    public void MultiplyTransposed() =>
        _operations.MultiplyTransposed(Shape.Rows, _features.Span, Shape.Features, _theta, _posteriors.Span, _stride);

    /// <summary>Statistics: S += R' Phi.</summary>
    [Benchmark]
    public void AddTransposedProduct() => _operations.AddTransposedProduct(
        Shape.Components, Shape.Features, Shape.Rows, _posteriors.Span, _stride, _features.Span, Shape.Features, _sums.Span, Shape.Features);
}
