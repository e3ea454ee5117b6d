using BenchmarkDotNet.Attributes;

namespace GmmNative.Benchmarks;

/// <summary>One <see cref="MixtureScorer"/> on one thread: a row alone, and batches of rows. K = 64, D = 39, managed arithmetic.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ScorerBenchmarks
{
    private const int Dimension = 39;
    private const int Components = 64;
    private const int TrainingRows = 4096;

    private MixtureScorer _scorer = null!;
    private double[] _rows = null!;
    private double[] _logDensities = null!;

    /// <summary>Diagonal or full.</summary>
    [Params(CovarianceKind.Diagonal, CovarianceKind.Full)]
    public CovarianceKind Covariance { get; set; }

    /// <summary>Rows of a batch.</summary>
    [Params(1, 64, 1024)]
    public int Rows { get; set; }

    /// <summary>Fits the model.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        double[] training = [.. Enumerable.Range(0, TrainingRows * Dimension).Select(_ => (4 * random.NextDouble()) - 2)];
        GmmOptions options = new()
        {
            Covariance = new() { Kind = Covariance },
            Stopping = new() { Iterations = 3, Tolerance = 0 },
        };
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)training, Dimension);
        _scorer = new GaussianMixtureTrainer(Components, options).Fit(source).Model.CreateScorer();
        _rows = training[..(Rows * Dimension)];
        _logDensities = new double[Rows];
    }

    /// <summary>The rows one by one.</summary>
    [Benchmark]
    public double OneByOne()
    {
        double total = 0;
        for (int row = 0; row < Rows; row++)
        {
            total += _scorer.LogDensity(_rows.AsSpan(row * Dimension, Dimension));
        }

        return total;
    }

    /// <summary>The rows as one batch.</summary>
    [Benchmark]
    public void Batch() => _scorer.LogDensities(_rows, _logDensities);
}
