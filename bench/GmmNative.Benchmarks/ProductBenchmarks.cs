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
    private T[] _bias = null!;
    private RowStrips _strips;
    private int _height;
    private int _featureHeight;

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
        _strips = _operations.Strips(Shape.Rows);
        _height = RowStrips.PaddedHeight(Shape.Components);
        _featureHeight = RowStrips.PaddedHeight(Shape.Features);
        _features = new AlignedBuffer<T>(_strips.Length(_featureHeight));
        _posteriors = new AlignedBuffer<T>(_strips.Length(_height));
        _bias = new T[_height];
        _sums = new AlignedBuffer<T>(Shape.Components * Shape.Features);
        AlignedBuffer<T> theta = new(Shape.Components * Shape.Features);
        foreach (AlignedBuffer<T> buffer in (AlignedBuffer<T>[])[_features, _posteriors, theta])
        {
            foreach (ref T value in buffer.Span)
            {
                value = T.CreateTruncating(random.NextDouble() - 0.5);
            }
        }

        // Empty lanes of the posteriors become zero, which the sums ask for.
        Posteriors.FromLogJoint(_strips, Shape.Components, _posteriors.Span, _height, new double[Shape.Rows], []);
        _theta = _operations.Pack(Shape.Components, Shape.Features, theta.Span, Shape.Features);
    }

    /// <summary>Log joint densities: L = Phi Theta' + bias.</summary>
    [Benchmark]
    public void MultiplyStrips() => _operations.MultiplyStrips(_theta, _strips, _features.Span, _featureHeight, _bias, _posteriors.Span);

    /// <summary>Statistics: S += R' Phi.</summary>
    [Benchmark]
    public void AddStripProduct() => _operations.AddStripProduct(
        Shape.Features, Shape.Components, _strips, _features.Span, _featureHeight, _posteriors.Span, _height, _sums.Span, Shape.Components);
}
