using System.Numerics;
using BenchmarkDotNet.Attributes;
using GmmNative.Interop;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;

namespace GmmNative.Benchmarks;

/// <summary>The exponential pass over a chunk, between the two products, on one thread; the same for all backends.</summary>
/// <typeparam name="T">The precision.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class PosteriorBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AlignedBuffer<T> _joint = null!;
    private double[] _logSums = null!;
    private double[] _sums = null!;
    private RowStrips _strips;
    private int _height;

    /// <summary>Chunks of real problems.</summary>
    public IEnumerable<ProductShape> Shapes => ProductShape.All;

    /// <summary>The chunk, of which the features do not matter.</summary>
    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = null!;

    private StripMatrix<T> Joint => new(_strips, _joint.Span, _height);

    /// <summary>Fills the chunk.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _strips = Backends.Select(BackendKind.Managed).Backend.Operations<T>().Strips(Shape.Rows);
        _height = RowStrips.PaddedHeight(Shape.Components);
        _joint = RandomNumbers.Buffer<T>(_strips.Length(_height));
        _logSums = new double[Shape.Rows];
        _sums = new double[Shape.Components];
    }

    /// <summary>
    /// Training: posteriors, and the sum of the rows' log-densities. The next run takes the posteriors, which cost the same.
    /// </summary>
    [Benchmark]
    public double OfTraining() => Posteriors.FromLogJoint(Joint, Shape.Components, [], _sums);

    /// <summary>Scoring: a logarithm a row as well.</summary>
    [Benchmark]
    public double OfScoring() => Posteriors.FromLogJoint(Joint, Shape.Components, _logSums, []);
}
