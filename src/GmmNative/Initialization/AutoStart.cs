namespace GmmNative;

/// <summary>
/// The best of several starts: each is found on a sample of the rows and moved by a few EM iterations there, and the one with the best log-likelihood is taken.
/// </summary>
/// <remarks>
/// EM ends in the optimum that its start leads to, and no way of starting leads to the best one always. Starts are tried in a fixed order, as many as fit in
/// <see cref="StartBudget"/>: counted from shapes, so that the same data and seed give the same start on every machine. The sample is drawn from the seed alone.
/// </remarks>
internal sealed class AutoStart(InitializationContext context, ResolvedOptions options) : IStart
{
    private const int SampleRows = 20_000;
    private const int SampleRowsPerComponent = 64;

    private static readonly InitializationMethod[] Order =
        [InitializationMethod.KMeansPlusPlus, InitializationMethod.LindeBuzoGray, InitializationMethod.Random];

    /// <inheritdoc/>
    public GaussianMixture Run()
    {
        TrainingData sample = context.Data.Sample(
            Math.Max(SampleRows, (long)SampleRowsPerComponent * context.Components), context.Random, context.CancellationToken);
        int count = new StartBudget(context.Structure, context.Components, context.Summary.Rows, sample.Summary.Rows).Starts;
        GaussianMixture? best = null;
        double bestLogLikelihood = double.NegativeInfinity;
        SingularCovarianceException? failure = null;
        for (int i = 0; i < count; i++)
        {
            InitializationContext own = context with { Data = sample, Random = new Random(context.Random.Next()) };
            try
            {
                EmOutcome outcome = Improve(Starts.Create(Order[i % Order.Length], own, options).Run(), sample);
                if (best is null || outcome.LogLikelihood > bestLogLikelihood)
                {
                    (best, bestLogLikelihood) = (outcome.Model, outcome.LogLikelihood);
                }
            }
            catch (SingularCovarianceException e)
            {
                // Another start may do; where none does, the first one's error says why.
                failure ??= e;
            }
        }

        return best ?? throw failure!;
    }

    private EmOutcome Improve(GaussianMixture start, TrainingData sample)
    {
        ResolvedOptions few = options with { Iterations = StartBudget.IterationsEach, Tolerance = 0, Stopping = StoppingTest.Rise };
        EmStep<double> step = new(sample, context.Structure, context.Components, context.Maximization, context.Execution);
        EmTrainer trainer = new(few, step, new StoppingRule(few, step.Epsilon, isMonotone: false), TrainingProgress.None);
        return trainer.Run(start, null, context.CancellationToken);
    }
}
