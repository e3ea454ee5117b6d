using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Initialization;
using GmmNative.Passes;

namespace GmmNative.Estimation.Selection;

/// <summary>
/// The best of several starts. All starts are made on a sample of the rows and compared there by a <see cref="Tournament"/>.
/// </summary>
/// <remarks>
/// EM converges to the optimum that its start leads to, and no kind of start always leads to the best optimum. Starts are tried in a fixed
/// order, as many as <see cref="StartBudget"/> allows. The budget is computed from shapes, so that the same data and seed give the same
/// start on every machine. The sample depends only on the seed.
/// </remarks>
internal sealed class AutoStart(InitializationContext context, ResolvedOptions options) : IRankedStart
{
    private static readonly InitializationMethod[] Order =
        [InitializationMethod.KMeansPlusPlus, InitializationMethod.LindeBuzoGray, InitializationMethod.Random];

    private readonly StartBudget _budget = new(
        context.Structure, context.Components, context.Summary.Rows, options.StartLimits);

    /// <inheritdoc/>
    public GaussianMixture Run() => Rank()[0].Model;

    /// <inheritdoc/>
    public IReadOnlyList<Contender> Rank()
    {
        TrainingData sample = context.Data.Sample(_budget.SampleRows, context.Random, context.CancellationToken);
        Tournament tournament = new(
            options,
            () => new EmStep<double>(sample, context.Structure, context.Components, context.Maximization, context.Execution),
            context.CancellationToken);
        for (int i = 0; i < _budget.Starts; i++)
        {
            InitializationContext own = context with { Data = sample, Random = new Random(context.Random.Next()) };
            tournament.Add(Starts.Create(Order[i % Order.Length], own, options).Run);
        }

        return tournament.Run(_budget.FirstIterations);
    }
}
