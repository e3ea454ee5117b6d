using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Managed;

/// <summary>
/// Blocks of as many rows as the kernel has, each [-D^-1 R, D^-1], where [R, D] are those rows of L up to the diagonal. With them,
/// y = D^-1 (b - R y') is one product.
/// </summary>
internal sealed class ManagedPackedFactor<T>(int order, AlignedBuffer<T> blocks) : PackedFactor<T>(order)
    where T : unmanaged
{
    public AlignedBuffer<T> Blocks { get; } = blocks;

    /// <summary>Returns the offset of block <paramref name="index"/> for a kernel of <paramref name="height"/> rows.</summary>
    public static nint Start(int index, int height) => (nint)height * height * index * (index + 1) / 2;
}
