using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Initialization;

namespace GmmNative.Estimation.Selection;

/// <summary>The best of the starts with the seeds S to S + N - 1, compared on all rows by a <see cref="Tournament"/>.</summary>
/// <param name="context">The data and the shape of the model.</param>
/// <param name="options">The options of the training, with S and N.</param>
/// <param name="createStep">Creates an EM step on all rows.</param>
internal sealed class Restarts(InitializationContext context, ResolvedOptions options, Func<IEmStep> createStep) : IRankedStart
{
    private const int FirstIterations = 10;

    /// <summary>The seed of the start that remained, after <see cref="Rank"/>.</summary>
    public int BestSeed { get; private set; }

    /// <inheritdoc/>
    public GaussianMixture Run() => Rank()[0].Model;

    /// <inheritdoc/>
    public IReadOnlyList<Contender> Rank()
    {
        Tournament tournament = new(options, createStep, context.CancellationToken);
        for (int i = 0; i < options.Restarts; i++)
        {
            InitializationContext own = context with { Random = new Random(SeedOf(i)) };
            tournament.Add(Starts.Create(options.Start, own, options).Run);
        }

        IReadOnlyList<Contender> ranking = tournament.Run(FirstIterations);
        BestSeed = SeedOf(ranking[0].Number);
        return ranking;
    }

    private int SeedOf(int number) => unchecked(options.Seed + number);
}
