using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Reporting;

namespace GmmNative.Estimation.Selection;

/// <summary>
/// Compares starts: all are improved by a few EM iterations. In each round the better half continues, with twice as many iterations, until
/// one start remains.
/// </summary>
/// <param name="options">The options of the training.</param>
/// <param name="createStep">Creates the EM step of one start and one round.</param>
/// <param name="cancellationToken">Stops the computation.</param>
internal sealed class Tournament(ResolvedOptions options, Func<IEmStep> createStep, CancellationToken cancellationToken)
{
    private List<Contender> _contenders = [];
    private SingularCovarianceException? _failure;

    /// <summary>Adds a start, unless one of its covariances is singular.</summary>
    /// <param name="start">Makes the starting model.</param>
    public void Add(Func<GaussianMixture> start) => Try(() => _contenders.Add(new Contender(start(), double.NegativeInfinity)));

    /// <summary>Runs the rounds.</summary>
    /// <param name="iterations">The number of EM iterations in the first round, at least 1.</param>
    /// <returns>The improved model of the start that remains. Of equal starts the earlier one continues.</returns>
    /// <exception cref="SingularCovarianceException">Every start fails. The exception is that of the first one.</exception>
    public GaussianMixture Run(int iterations)
    {
        for (; _contenders.Count > 1; iterations *= 2)
        {
            List<Contender> improved = [];
            foreach (Contender contender in _contenders)
            {
                Try(() => improved.Add(Improve(contender.Model, iterations)));
            }

            // Sorting is stable.
            _contenders = [.. improved.OrderByDescending(contender => contender.LogLikelihood).Take((improved.Count + 1) / 2)];
        }

        return _contenders.Count > 0 ? _contenders[0].Model : throw _failure!;
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (SingularCovarianceException e)
        {
            // Another start may succeed.
            _failure ??= e;
        }
    }

    private Contender Improve(GaussianMixture model, int iterations)
    {
        ResolvedOptions few = options with { Iterations = iterations, Tolerance = 0, Stopping = StoppingTest.Rise };
        IEmStep step = createStep();
        EmTrainer trainer = new(few, step, new StoppingRule(few, step.Epsilon, isMonotone: false), TrainingProgress.None);
        EmOutcome outcome = trainer.Run(model, null, cancellationToken);
        return new Contender(outcome.Model, outcome.LogLikelihood);
    }

    private sealed record Contender(GaussianMixture Model, double LogLikelihood);
}
