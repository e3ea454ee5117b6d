using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Native;

/// <summary>
/// A dense row-major copy of A in aligned memory. The libraries rearrange their operands in every call. MKL has a packed format, but
/// creating it requires the size of the other operand, which is not known when an iteration is prepared.
/// </summary>
internal sealed class NativePackedOperand<T> : PackedOperand<T>
    where T : unmanaged
{
    internal NativePackedOperand(object owner, int m, int k, ReadOnlySpan<T> a, int lda, NativePackedOperand<T>? spent)
        : base(m, k)
    {
        Owner = owner;
        Values = spent is not null && spent.HasSizes(m, k) ? spent.Values : new AlignedBuffer<T>(checked(m * k));
        Span<T> values = Values.Span;
        for (int row = 0; row < m && k > 0; row++)
        {
            a.Slice((int)(row * (long)lda), k).CopyTo(values[(row * k)..]);
        }
    }

    /// <summary>The operations that created the operand. Only they may read it.</summary>
    internal object Owner { get; }

    /// <summary>A, m x k, leading dimension k.</summary>
    internal AlignedBuffer<T> Values { get; }
}
