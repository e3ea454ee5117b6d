namespace GmmNative.Interop;

/// <summary>A matrix B (n x k) in the form in which the backend that made it multiplies by its transpose fastest.</summary>
/// <remarks>Immutable and usable from any number of threads.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class PackedOperand<T>
    where T : unmanaged
{
    /// <summary>Describes a packed n x k matrix.</summary>
    protected PackedOperand(int n, int k)
    {
        N = n;
        K = k;
    }

    /// <summary>Rows of B.</summary>
    public int N { get; }

    /// <summary>Columns of B: the length of the sums.</summary>
    public int K { get; }
}
