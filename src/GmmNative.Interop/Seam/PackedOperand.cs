namespace GmmNative.Interop.Seam;

/// <summary>A matrix A (m x k) in the form in which the backend that made it multiplies with it fastest.</summary>
/// <remarks>Immutable and usable from any number of threads.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class PackedOperand<T>
    where T : unmanaged
{
    /// <summary>Describes a packed m x k matrix.</summary>
    protected PackedOperand(int m, int k)
    {
        M = m;
        K = k;
    }

    /// <summary>Rows of A.</summary>
    public int M { get; }

    /// <summary>Columns of A: the length of the sums.</summary>
    public int K { get; }
}
