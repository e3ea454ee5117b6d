namespace GmmNative.Interop.Seam;

/// <summary>A matrix A (m x k), in the form with which the backend that created it multiplies fastest.</summary>
/// <remarks>Immutable and usable from any number of threads.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class PackedOperand<T>
    where T : unmanaged
{
    /// <summary>Creates a packed m x k matrix.</summary>
    protected PackedOperand(int m, int k)
    {
        M = m;
        K = k;
    }

    /// <summary>The number of rows of A.</summary>
    public int M { get; }

    /// <summary>The number of columns of A, which is the length of the sums.</summary>
    public int K { get; }

    /// <summary>Whether A is m x k.</summary>
    public bool HasSizes(int m, int k) => M == m && K == k;
}
