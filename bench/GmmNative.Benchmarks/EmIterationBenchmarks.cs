using BenchmarkDotNet.Attributes;
using GmmNative.Interop;

namespace GmmNative.Benchmarks;

/// <summary>One EM iteration, on all processors.</summary>
public class EmIterationBenchmarks : IRated
{
    private const int Iterations = 3;

    private GaussianMixtureModeling _estimator = null!;
    private GaussianMixture _start = null!;
    private IRandomAccessVectorSource _rows = null!;

    /// <summary>The backends that are there.</summary>
    public IEnumerable<BackendKind> Kinds => AvailableBackends.Kinds;

    /// <summary>Problems of the field's sizes.</summary>
    public IEnumerable<EmProblem> Problems => EmProblem.All;

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
    public Work? WorkOf(string benchmark) => new(Problem.Operations, Precision, Environment.ProcessorCount);

    /// <summary>Makes the rows and the starting model.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _rows = Problem.CreateRows();
        _estimator = new GaussianMixtureModeling(Problem.Dimension - 1, Problem.Components, new GmmOptions
        {
            Covariance = new() { Kind = Problem.Covariance },
            Stopping = new() { Iterations = Iterations, Tolerance = 0 },
            Execution = new ExecutionOptions { Backend = Backends.Select(Backend).Backend, Precision = Precision },
        });
        _start = _estimator.Initialize(_rows, InitializationMethod.Random);
    }

    /// <summary>Lets go of the rows: all benchmarks run in one process.</summary>
    [GlobalCleanup]
    public void Cleanup() => _rows = null!;

    /// <summary>E-step and M-step, three times from the starting model: what is done once a training weighs less then.</summary>
    [Benchmark(OperationsPerInvoke = Iterations)]
    public double Iterate()
    {
        _estimator.SetParameters(_start);
        return _estimator.Fit(_rows).TotalLogLikelihood;
    }
}
