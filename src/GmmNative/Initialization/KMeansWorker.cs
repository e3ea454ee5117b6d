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
        _assignment.Assign(chunk);
        AddRows(codebook.Dimension, codebook.Stride, _assignment.Centred, _assignment.Labels, _assignment.Squares, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(int n, int stride, ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, ReadOnlySpan<double> squares, KMeansSums sums)
    {
        Span<double> all = sums.Sums;
        for (int r = 0; r < labels.Length; r++)
        {
            int label = labels[r];
            sums.Counts[label]++;
            sums.Distances[label] += squares[r];
            ref double x = ref MemoryMarshal.GetReference(rows.Slice(r * stride, stride));
            ref double sum = ref MemoryMarshal.GetReference(all.Slice(label * n, n));
            int i = 0;
            for (; i <= n - Vector<double>.Count; i += Vector<double>.Count)
            {
                (Vector.LoadUnsafe(ref sum, (nuint)i) + Vector.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref sum, (nuint)i);
            }

            for (; i < n; i++)
            {
                Unsafe.Add(ref sum, i) += Unsafe.Add(ref x, i);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _assignment.Dispose();
}
