using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Initialization;
using GmmNative.Passes;
using GmmNative.Reporting;

namespace GmmNative.Estimation.Selection;

/// <summary>
/// The best of several starts: all are found on a sample of the rows and moved by a few EM iterations there; again and again the better
/// half goes on, until one is left.
/// </summary>
/// <remarks>
/// EM ends in the optimum that its start leads to, and no way of starting leads to the best one always. Starts are tried in a fixed order,
/// as many as fit in
/// <see cref="StartBudget"/>: counted from shapes, so that the same data and seed give the same start on every machine. The sample is drawn
/// from the seed alone.
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

            // Sorting is stable: of equals the earlier one goes on.
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
                // Another start may do; where none does, the first one's error says why.
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
