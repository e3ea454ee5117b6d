namespace GmmNative.Interop.Managed;

/// <summary>The elements of all rows are contiguous: a packed strip, or the columns of a row-major matrix.</summary>
internal readonly struct PackedAccess : IOperandAccess
{
    public static int RowStride => 1;
}
