using System.Numerics;
using BenchmarkDotNet.Attributes;
using GmmNative.Interop;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;

namespace GmmNative.Benchmarks;

/// <summary>The two matrix products of a chunk, and packing, on one thread.</summary>
/// <typeparam name="T">The precision.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class ProductBenchmarks<T> : IRated
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private IDenseOperations<T> _operations = null!;
    private AlignedBuffer<T> _features = null!;
    private AlignedBuffer<T> _posteriors = null!;
    private AlignedBuffer<T> _theta = null!;
    private AlignedBuffer<T> _sums = null!;
    private PackedOperand<T> _packed = null!;
    private T[] _bias = null!;
    private RowStrips _strips;
    private int _height;
    private int _featureHeight;

    /// <summary>The backends that are there.</summary>
    public IEnumerable<BackendKind> Kinds => AvailableBackends.Kinds;

    /// <summary>Chunks of real problems.</summary>
    public IEnumerable<ProductShape> Shapes => ProductShape.All;

    /// <summary>The backend.</summary>
    [ParamsSource(nameof(Kinds))]
    public BackendKind Backend { get; set; }

    /// <summary>The chunk.</summary>
    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = null!;

    private StripMatrix<T> Lifted => new(_strips, _features.Span, _featureHeight);

    private StripMatrix<T> Posterior => new(_strips, _posteriors.Span, _height);

    /// <inheritdoc/>
    public Work? WorkOf(string benchmark)
        => benchmark == nameof(Pack) ? null : Work.Of<T>(2.0 * Shape.Rows * Shape.Features * Shape.Components);

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _operations = Backends.Select(Backend).Backend.Operations<T>();
        _strips = _operations.Strips(Shape.Rows);
        _height = RowStrips.PaddedHeight(Shape.Components);
        _featureHeight = RowStrips.PaddedHeight(Shape.Features);
        _features = RandomNumbers.Buffer<T>(_strips.Length(_featureHeight));
        _posteriors = RandomNumbers.Buffer<T>(_strips.Length(_height));
        _theta = RandomNumbers.Buffer<T>(Shape.Components * Shape.Features);
        _sums = new AlignedBuffer<T>(Shape.Components * Shape.Features);
        _bias = new T[_height];

        // Empty lanes of the posteriors become zero, which the sums ask for.
        Posteriors.FromLogJoint(Posterior, Shape.Components, new double[Shape.Rows], []);
        _packed = PackTheta();
    }

    /// <summary>Theta into the form that the first product reads, once an iteration.</summary>
    [Benchmark]
    public object Pack() => PackTheta();

    /// <summary>Log joint densities: L = Phi Theta' + bias.</summary>
    [Benchmark]
    public void MultiplyStrips() => _operations.MultiplyStrips(_packed, Lifted, _bias, Posterior);

    /// <summary>Statistics: S += R' Phi.</summary>
    [Benchmark]
    public void AddStripProduct() => _operations.AddStripProduct(
        Shape.Features, Shape.Components, Lifted, Posterior, _sums.Span, Shape.Components);

    private PackedOperand<T> PackTheta() => _operations.Pack(Shape.Components, Shape.Features, _theta.Span, Shape.Features);
}
