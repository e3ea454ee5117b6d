namespace GmmNative.Interop;

/// <summary>Strips of B', cut along k into blocks: block after block, strip after strip.</summary>
internal sealed class ManagedPackedOperand<T> : PackedOperand<T>
    where T : unmanaged
{
    public ManagedPackedOperand(int n, int k, AlignedBuffer<T> strips)
        : base(n, k)
    {
        Strips = strips;
    }

    public AlignedBuffer<T> Strips { get; }
}
