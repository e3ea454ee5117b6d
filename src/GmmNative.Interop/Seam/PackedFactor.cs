namespace GmmNative.Interop.Seam;

/// <summary>A lower triangular factor L (n x n) in the form in which the backend that made it solves with it fastest.</summary>
/// <remarks>Immutable and usable from any number of threads.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class PackedFactor<T>
    where T : unmanaged
{
    /// <summary>Describes a packed factor of order n.</summary>
    protected PackedFactor(int order) => Order = order;

    /// <summary>Order of L.</summary>
    public int Order { get; }
}
