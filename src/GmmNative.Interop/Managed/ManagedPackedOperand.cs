using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Managed;

/// <summary>Strips of as many rows of A as the kernel has: element p of all rows, then element p + 1.</summary>
internal sealed class ManagedPackedOperand<T> : PackedOperand<T>
    where T : unmanaged
{
    public ManagedPackedOperand(int m, int k, AlignedBuffer<T> strips)
        : base(m, k)
    {
        Strips = strips;
    }

    public AlignedBuffer<T> Strips { get; }
}
