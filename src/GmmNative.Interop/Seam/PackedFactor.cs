namespace GmmNative.Interop.Seam;

/// <summary>A lower triangular factor L (n x n), in the form with which the backend that created it solves fastest.</summary>
/// <remarks>Immutable and usable from any number of threads.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class PackedFactor<T>
    where T : unmanaged
{
    /// <summary>Creates a packed factor of order n.</summary>
    protected PackedFactor(int order) => Order = order;

    /// <summary>The order of L.</summary>
    public int Order { get; }
}
