using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Maximization;
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
    private readonly List<Contender> _eliminated = [];
    private List<Contender> _contenders = [];
    private SingularCovarianceException? _failure;
    private int _added;

    /// <summary>Adds a start, unless one of its covariances is singular.</summary>
    /// <param name="start">Makes the starting model.</param>
    public void Add(Func<GaussianMixture> start)
    {
        int number = _added++;
        Try(() => _contenders.Add(new Contender(number, start(), double.NegativeInfinity, false)));
    }

    /// <summary>Runs the rounds.</summary>
    /// <param name="iterations">The number of EM iterations in the first round, at least 1.</param>
    /// <returns>
    /// All starts that did not fail, improved, the best one first. Starts that were eliminated later precede those that were eliminated
    /// earlier. Of equal starts the earlier one continues.
    /// </returns>
    /// <exception cref="SingularCovarianceException">Every start fails. The exception is that of the first one.</exception>
    public IReadOnlyList<Contender> Run(int iterations)
    {
        for (; _contenders.Count > 1; iterations *= 2)
        {
            List<Contender> improved = [];
            foreach (Contender contender in _contenders)
            {
                Try(() => improved.Add(Improve(contender, iterations)));
            }

            // Sorting is stable.
            Contender[] sorted = [.. improved
                .OrderBy(contender => options.StartLimits.AvoidsFloors && contender.IsFloored)
                .ThenByDescending(contender => contender.LogLikelihood)];
            int remaining = (sorted.Length + 1) / 2;
            _contenders = [.. sorted.Take(remaining)];
            _eliminated.InsertRange(0, sorted.Skip(remaining));
        }

        return _contenders.Count > 0 ? [.. _contenders, .. _eliminated] : throw _failure!;
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

    private Contender Improve(Contender contender, int iterations)
    {
        ResolvedOptions few = options with { Iterations = iterations, Tolerance = 0, Stopping = StoppingTest.Rise };
        IEmStep step = createStep();
        EmTrainer trainer = new(few, step, new StoppingRule(few, step.Epsilon, isMonotone: false), TrainingProgress.None);
        UpdateResult? last = null;
        EmOutcome outcome = trainer.Run(contender.Model, result => last = result.Update, cancellationToken);
        return contender with { Model = outcome.Model, LogLikelihood = outcome.LogLikelihood, IsFloored = last!.IsFloored };
    }
}
