using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Initialization;
using GmmNative.Passes;
using GmmNative.Reporting;

namespace GmmNative.Estimation.Selection;

/// <summary>
/// The best of several starts. All starts are made on a sample of the rows and improved there by a few EM iterations. In each round the
/// better half continues, until one start remains.
/// </summary>
/// <remarks>
/// EM converges to the optimum that its start leads to, and no kind of start always leads to the best optimum. Starts are tried in a fixed
/// order, as many as <see cref="StartBudget"/> allows. The budget is computed from shapes, so that the same data and seed give the same
/// start on every machine. The sample depends only on the seed.
/// </remarks>
internal sealed class AutoStart(InitializationContext context, ResolvedOptions options) : IStart
{
    private static readonly InitializationMethod[] Order =
        [InitializationMethod.KMeansPlusPlus, InitializationMethod.LindeBuzoGray, InitializationMethod.Random];

    private readonly StartBudget _budget = new(context.Structure, context.Components, context.Summary.Rows);
    private SingularCovarianceException? _failure;

    /// <inheritdoc/>
    public GaussianMixture Run()
    {
        TrainingData sample = context.Data.Sample(_budget.SampleRows, context.Random, context.CancellationToken);
        List<Contender> contenders = FindStarts(sample);
        for (int iterations = _budget.FirstIterations; contenders.Count > 1; iterations *= 2)
        {
            contenders = [.. contenders.Select(contender => Improve(contender, sample, iterations)).OfType<Contender>()];

            // Sorting is stable: of equal starts the earlier one continues.
            contenders = [.. contenders.OrderByDescending(contender => contender.LogLikelihood).Take((contenders.Count + 1) / 2)];
        }

        return contenders.Count > 0 ? contenders[0].Model : throw _failure!;
    }

    private List<Contender> FindStarts(TrainingData sample)
    {
        List<Contender> contenders = [];
        for (int i = 0; i < _budget.Starts; i++)
        {
            InitializationContext own = context with { Data = sample, Random = new Random(context.Random.Next()) };
            try
            {
                contenders.Add(new Contender(Starts.Create(Order[i % Order.Length], own, options).Run(), double.NegativeInfinity));
            }
            catch (SingularCovarianceException e)
            {
                // Another start may succeed. If none does, the error of the first one is reported.
                _failure ??= e;
            }
        }

        return contenders;
    }

    private Contender? Improve(Contender contender, TrainingData sample, int iterations)
    {
        ResolvedOptions few = options with { Iterations = iterations, Tolerance = 0, Stopping = StoppingTest.Rise };
        EmStep<double> step = new(sample, context.Structure, context.Components, context.Maximization, context.Execution);
        EmTrainer trainer = new(few, step, new StoppingRule(few, step.Epsilon, isMonotone: false), TrainingProgress.None);
        try
        {
            EmOutcome outcome = trainer.Run(contender.Model, null, context.CancellationToken);
            return new Contender(outcome.Model, outcome.LogLikelihood);
        }
        catch (SingularCovarianceException e)
        {
            _failure ??= e;
            return null;
        }
    }

    private sealed record Contender(GaussianMixture Model, double LogLikelihood);
}
