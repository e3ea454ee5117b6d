using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Initialization;

namespace GmmNative.Estimation.Selection;

/// <summary>The best of the starts with the seeds S to S + N - 1, compared on all rows by a <see cref="Tournament"/>.</summary>
/// <param name="context">The data and the shape of the model.</param>
/// <param name="options">The options of the training, with S and N.</param>
/// <param name="createStep">Creates an EM step on all rows.</param>
internal sealed class Restarts(InitializationContext context, ResolvedOptions options, Func<IEmStep> createStep) : IStart
{
    private const int FirstIterations = 10;

    /// <inheritdoc/>
    public GaussianMixture Run()
    {
        Tournament tournament = new(options, createStep, context.CancellationToken);
        for (int i = 0; i < options.Restarts; i++)
        {
            InitializationContext own = context with { Random = new Random(unchecked(options.Seed + i)) };
            tournament.Add(Starts.Create(options.Start, own, options).Run);
        }

        return tournament.Run(FirstIterations);
    }
}
