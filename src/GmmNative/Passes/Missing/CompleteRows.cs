using GmmNative.Data.Sources;

namespace GmmNative.Passes.Missing;

/// <summary>The rows without missing values of a source that has missing values.</summary>
/// <param name="Numbers">The numbers of the rows, from 0, ascending.</param>
/// <param name="RowCount">The number of all rows.</param>
internal sealed record CompleteRows(int[] Numbers, long RowCount)
{
    private const int RowsAtATime = 1024;

    /// <summary>Reads all rows once.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The complete rows, or <see langword="null"/> if no value is missing.</returns>
    /// <exception cref="VectorDataException">A row with missing values is beyond the maximum length of an array.</exception>
    public static CompleteRows? Find(IVectorSource source, CancellationToken cancellationToken)
    {
        int dimension = source.Dimension;
        List<int> numbers = [];
        double[] buffer = new double[checked(RowsAtATime * dimension)];
        using IVectorReader reader = source.OpenReader();
        long rows = 0;
        for (int read; (read = reader.Read(buffer)) > 0; rows += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int r = 0; r < read; r++)
            {
                if (!MissingPattern.HasMissing(buffer.AsSpan(r * dimension, dimension)))
                {
                    numbers.Add(checked((int)(rows + r)));
                }
            }
        }

        return numbers.Count == rows ? null : new CompleteRows([.. numbers], rows);
    }

    /// <summary>Returns the complete rows with their weights.</summary>
    /// <param name="source">The source that the rows were found in. The result does not own it.</param>
    public IVectorSource Select(IVectorSource source)
    {
        IVectorSource rows = source is IRandomAccessVectorSource direct
            ? new RandomAccessSubsetVectorSource(direct, Numbers)
            : new SubsetVectorSource(source, Numbers);
        ReadOnlyMemory<double> weights = source.RowWeights;
        return weights.IsEmpty ? rows
            : VectorSource.WithCheckedWeights(rows, Array.ConvertAll(Numbers, number => weights.Span[number]));
    }
}
