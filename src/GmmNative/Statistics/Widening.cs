using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GmmNative.Statistics;

/// <summary>Adds the sums of a chunk in single precision to sums over all rows in double precision.</summary>
internal static class Widening
{
    /// <summary>Computes totals += sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> sums, Span<double> totals)
    {
        ref float from = ref MemoryMarshal.GetReference(sums);
        ref double to = ref MemoryMarshal.GetReference(totals);
        int i = 0;
        for (; i <= totals.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out Vector<double> low, out Vector<double> high);
            (Vector.LoadUnsafe(ref to, (nuint)i) + low).StoreUnsafe(ref to, (nuint)i);
            nuint next = (nuint)(i + Vector<double>.Count);
            (Vector.LoadUnsafe(ref to, next) + high).StoreUnsafe(ref to, next);
        }

        for (; i < totals.Length; i++)
        {
            totals[i] += sums[i];
        }
    }
}
