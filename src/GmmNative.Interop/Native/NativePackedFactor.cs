using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Native;

/// <summary>A dense row-major copy of the lower triangle of L in aligned memory, with zeros above the diagonal.</summary>
internal sealed class NativePackedFactor<T> : PackedFactor<T>
    where T : unmanaged
{
    internal NativePackedFactor(object owner, int order, ReadOnlySpan<T> l, int ldl)
        : base(order)
    {
        Owner = owner;
        Values = new AlignedBuffer<T>(checked(order * order));
        for (int row = 0; row < order; row++)
        {
            l.Slice((int)(row * (long)ldl), row + 1).CopyTo(Values.Span[(row * order)..]);
        }
    }

    /// <summary>The operations that created the factor. Only they may read it.</summary>
    internal object Owner { get; }

    /// <summary>L, n x n, leading dimension n.</summary>
    internal AlignedBuffer<T> Values { get; }
}
