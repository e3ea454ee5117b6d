using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GmmNative;

/// <summary>A k-means pass: nearest centroids, and the sums of each cluster. For one thread.</summary>
internal sealed class KMeansWorker(Codebook codebook, int chunkRows) : IChunkWorker<KMeansSums>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);

    public void Process(in RowChunk chunk, KMeansSums sums)
    {
        int dimension = codebook.Shift.Length;
        _assignment.Assign(chunk);
        for (int r = 0; r < chunk.Count; r++)
        {
            int label = _assignment.Labels[r];
            sums.Counts[label]++;
            sums.Distances[label] += AddRow(
                chunk.Rows.Slice(r * dimension, dimension), codebook.Shift, codebook.Centroid(label), sums.Sums.AsSpan(label * dimension, dimension));
        }
    }

    /// <summary>
    /// Adds a row less the shift to its cluster's sum, and returns its squared distance from the centroid: from the difference, not from
    /// the expanded square, which can come out negative. One loop for both: passes with few centroids are bound by it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double AddRow(ReadOnlySpan<double> row, ReadOnlySpan<double> shift, ReadOnlySpan<double> centroid, Span<double> sum)
    {
        int n = row.Length;
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double s = ref MemoryMarshal.GetReference(shift);
        ref double c = ref MemoryMarshal.GetReference(centroid);
        ref double total = ref MemoryMarshal.GetReference(sum);
        Vector<double> squares = Vector<double>.Zero;
        int i = 0;
        for (; i <= n - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> centred = Vector.LoadUnsafe(ref x, (nuint)i) - Vector.LoadUnsafe(ref s, (nuint)i);
            Vector<double> difference = centred - Vector.LoadUnsafe(ref c, (nuint)i);
            squares += difference * difference;
            (Vector.LoadUnsafe(ref total, (nuint)i) + centred).StoreUnsafe(ref total, (nuint)i);
        }

        double distance = Vector.Sum(squares);
        for (; i < n; i++)
        {
            double centred = row[i] - shift[i];
            double difference = centred - centroid[i];
            distance += difference * difference;
            sum[i] += centred;
        }

        return distance;
    }

    /// <inheritdoc/>
    public void Dispose() => _assignment.Dispose();
}
