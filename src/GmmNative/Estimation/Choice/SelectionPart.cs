using GmmNative.Data;
using GmmNative.Data.Sources;
using GmmNative.Execution;
using GmmNative.Passes;

namespace GmmNative.Estimation.Choice;

/// <summary>The rows that models of a selection are trained on, and the rows that their held-out log-likelihood is computed from.</summary>
/// <param name="Rows">The training rows.</param>
/// <param name="Data">The training rows with their summary.</param>
/// <param name="Distinct">The number of distinct training rows, up to the largest number of components.</param>
/// <param name="HeldOut">The held-out rows, or <see langword="null"/>.</param>
internal sealed record SelectionPart(IVectorSource Rows, TrainingData Data, int Distinct, IVectorSource? HeldOut)
{
    /// <summary>Reads the training rows once.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="heldOut">The held-out rows, or <see langword="null"/>.</param>
    /// <param name="components">The largest number of components.</param>
    /// <param name="execution">How to compute.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static SelectionPart Of(
        IVectorSource rows, IVectorSource? heldOut, int components, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        TrainingData data = TrainingData.Of(rows, execution, cancellationToken);
        return new SelectionPart(
            rows, data, DistinctRows.Count(data.Rows, components, execution.BatchSize, cancellationToken), heldOut);
    }

    /// <summary>Divides rows into blocks. Each part leaves out one block.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="count">T.</param>
    /// <param name="folds">The number of blocks.</param>
    /// <param name="components">The largest number of components.</param>
    /// <param name="execution">How to compute.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="VectorDataException">There are fewer rows than folds.</exception>
    public static IEnumerable<SelectionPart> Folds(
        IVectorSource rows, long count, int folds, int components, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        if (count < folds)
        {
            throw new VectorDataException($"{folds} folds need at least {folds} rows, but there are {count}: use fewer folds.");
        }

        if (count > Array.MaxLength)
        {
            throw new VectorDataException($"{count} rows are too many for folds: use a file of held-out rows instead.");
        }

        for (int fold = 0; fold < folds; fold++)
        {
            int first = (int)(count * fold / folds);
            int next = (int)(count * (fold + 1) / folds);
            int[] block = [.. Enumerable.Range(first, next - first)];
            int[] others = [.. Enumerable.Range(0, first), .. Enumerable.Range(next, (int)count - next)];
            yield return Of(Subset(rows, others), Subset(rows, block), components, execution, cancellationToken);
        }
    }

    private static IVectorSource Subset(IVectorSource rows, int[] places)
    {
        IVectorSource subset = rows is IRandomAccessVectorSource direct
            ? new RandomAccessSubsetVectorSource(direct, places)
            : new SubsetVectorSource(rows, places);
        ReadOnlyMemory<double> weights = rows.RowWeights;
        return weights.IsEmpty ? subset
            : VectorSource.WithCheckedWeights(subset, Array.ConvertAll(places, t => weights.Span[t]));
    }
}
