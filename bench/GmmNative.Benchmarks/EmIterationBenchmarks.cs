using BenchmarkDotNet.Attributes;
using GmmNative.Interop;

namespace GmmNative.Benchmarks;

/// <summary>One EM iteration, on all processors.</summary>
public class EmIterationBenchmarks : IRated
{
    private GaussianMixtureModeling _estimator = null!;
    private GaussianMixture _start = null!;
    private IRandomAccessVectorSource _rows = null!;

    /// <summary>The backends that are there.</summary>
    public IEnumerable<BackendKind> Kinds => AvailableBackends.Kinds;

    /// <summary>Problems of the field's sizes.</summary>
    public IEnumerable<EmProblem> Problems =>
    [
        new(CovarianceKind.Diagonal, 100_000, 39, 256),
        new(CovarianceKind.Full, 50_000, 39, 32),
        new(CovarianceKind.Full, 20_000, 128, 16),
        new(CovarianceKind.Diagonal, 200_000, 13, 8),
    ];

    /// <summary>The backend.</summary>
    [ParamsSource(nameof(Kinds))]
    public BackendKind Backend { get; set; }

    /// <summary>The precision.</summary>
    [ParamsAllValues]
    public Precision Precision { get; set; }

    /// <summary>The problem.</summary>
    [ParamsSource(nameof(Problems))]
    public EmProblem Problem { get; set; } = null!;

    /// <inheritdoc/>
    public double Operations => Problem.Operations;

    /// <summary>Makes the rows and the starting model.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _rows = Problem.CreateRows();
        _estimator = new GaussianMixtureModeling(Problem.Dimension - 1, Problem.Components, new GmmOptions
        {
            Covariance = Problem.Covariance,
            Iterations = 1,
            Execution = new ExecutionOptions { Backend = Backends.Select(Backend).Backend, Precision = Precision },
        });
        _start = _estimator.Initialize(_rows, InitializationMethod.Random);
    }

    /// <summary>E-step and M-step from the starting model.</summary>
    [Benchmark]
    public double Iterate()
    {
        _estimator.SetParameters(_start);
        return _estimator.Fit(_rows).TotalLogLikelihood;
    }
}
