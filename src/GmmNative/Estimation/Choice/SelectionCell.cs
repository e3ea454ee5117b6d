using System.Diagnostics;
using GmmNative.Execution;
using GmmNative.Model;
using GmmNative.Scoring.Criteria;

namespace GmmNative.Estimation.Choice;

/// <summary>One combination on one part of the data: its training, and what the table needs from it.</summary>
/// <param name="search">Trains the model.</param>
/// <param name="part">The rows.</param>
/// <param name="needsCriteria">Whether to compute the criteria for the training rows.</param>
/// <param name="execution">How to compute.</param>
/// <param name="cancellationToken">Stops the computation.</param>
internal sealed class SelectionCell(
    CellSearch search, SelectionPart part, bool needsCriteria, ExecutionPlan execution, CancellationToken cancellationToken)
{
    private GaussianMixture? _seed;

    /// <summary>The outcome of the training, until <see cref="Release"/>.</summary>
    public CellFit? Fit { get; private set; }

    /// <summary>Whether the held-out rows, if there are any, were scored.</summary>
    public bool IsScored => part.HeldOut is null || HeldOut is not null;

    /// <summary>The criteria of the model for the training rows, or <see langword="null"/>.</summary>
    public MixtureCriteria? Criteria { get; private set; }

    /// <summary>The sums over the held-out rows under the model, or <see langword="null"/>.</summary>
    public CriteriaSums? HeldOut { get; private set; }

    /// <summary>The time spent.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Makes and compares starts.</summary>
    public void Begin()
    {
        long began = Stopwatch.GetTimestamp();
        search.Begin();
        Elapsed += Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Trains the model and evaluates it.</summary>
    /// <param name="previous">The cell with the next smaller K, or <see langword="null"/>.</param>
    public void Finish(SelectionCell? previous)
    {
        long began = Stopwatch.GetTimestamp();
        Fit = search.Finish(previous?._seed);
        GaussianMixture? own = Fit.Result?.Model;
        _seed = Fit.IsProper ? own : previous?._seed ?? own;
        if (own is not null)
        {
            if (needsCriteria)
            {
                CriteriaSums sums = Sum(own, part.Rows);
                Criteria = MixtureCriteria.From(sums.LogLikelihood, sums.LogLargest, sums.Weight, own.CountParameters());
            }

            HeldOut = part.HeldOut is null ? null : Sum(own, ModelColumns.Arrange(part.HeldOut, own));
        }

        // Grids may be large, so models are kept only as long as they are needed.
        previous?._seed = null;
        Elapsed += Stopwatch.GetElapsedTime(began);
    }

    private CriteriaSums Sum(GaussianMixture model, IVectorSource rows) =>
        CriteriaPass.Run(model, rows, rows.RowWeights, execution, cancellationToken);

    /// <summary>Frees the outcome of the training when its row is complete.</summary>
    public void Release() => Fit = null;
}
