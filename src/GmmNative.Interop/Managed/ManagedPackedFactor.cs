using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Managed;

/// <summary>
/// Blocks of as many rows as a kernel has, of [-D^-1 R, D^-1] where [R, D] are those rows of L up to the diagonal: with
/// it y = D^-1 (b - R y') is one product.
/// </summary>
internal sealed class ManagedPackedFactor<T>(int order, AlignedBuffer<T> blocks) : PackedFactor<T>(order)
    where T : unmanaged
{
    public AlignedBuffer<T> Blocks { get; } = blocks;

    /// <summary>Where block <paramref name="index"/> of a kernel of <paramref name="height"/> rows begins.</summary>
    public static nint Start(int index, int height) => (nint)height * height * index * (index + 1) / 2;
}
