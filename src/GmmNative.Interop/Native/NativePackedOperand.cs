namespace GmmNative.Interop;

/// <summary>
/// A dense copy of B, rows one after another on aligned memory. The libraries rearrange their operands themselves in every call;
/// MKL has a packed form of its own, but it wants the number of rows of A, which is not known when an iteration is prepared.
/// </summary>
internal sealed class NativePackedOperand<T> : PackedOperand<T>
    where T : unmanaged
{
    internal NativePackedOperand(object owner, int n, int k, ReadOnlySpan<T> b, int ldb)
        : base(n, k)
    {
        Owner = owner;
        Values = new AlignedBuffer<T>(checked(n * k));
        Span<T> values = Values.Span;
        for (int row = 0; row < n && k > 0; row++)
        {
            b.Slice((int)(row * (long)ldb), k).CopyTo(values[(row * k)..]);
        }
    }

    /// <summary>The operations that made it, the only ones that may read it.</summary>
    internal object Owner { get; }

    /// <summary>B, n x k, leading dimension k.</summary>
    internal AlignedBuffer<T> Values { get; }
}
