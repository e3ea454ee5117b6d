using System.Numerics.Tensors;

namespace GmmNative.Passes;

/// <summary>Consecutive rows of a data set.</summary>
/// <param name="rows">Count x D, row-major. NaN is a missing value, if the source has any.</param>
/// <param name="count">The number of rows, at least 1.</param>
/// <param name="firstRow">The index of the first row in the data set, from 0.</param>
/// <param name="weights">The weights of the rows, not negative; empty if all weights are 1.</param>
internal readonly ref struct RowChunk(
    ReadOnlySpan<double> rows, int count, long firstRow, ReadOnlySpan<double> weights = default)
{
    public ReadOnlySpan<double> Rows { get; } = rows;

    public int Count { get; } = count;

    public long FirstRow { get; } = firstRow;

    /// <summary>The weights of the rows; empty if all weights are 1, which costs no time.</summary>
    public ReadOnlySpan<double> Weights { get; } = weights;

    /// <summary>The sum of the weights of the rows; the number of rows if they have no weights.</summary>
    public double TotalWeight => Weights.IsEmpty ? Count : TensorPrimitives.Sum(Weights);

    /// <summary>Returns the weight of a row, which is 1 if the rows have no weights.</summary>
    /// <param name="row">The row in the chunk, from 0.</param>
    public double WeightOf(int row) => Weights.IsEmpty ? 1 : Weights[row];
}
