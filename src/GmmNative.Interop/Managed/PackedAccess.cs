namespace GmmNative.Interop.Managed;

/// <summary>All rows' elements side by side: a packed strip, or the columns of a row-major matrix.</summary>
internal readonly struct PackedAccess : IOperandAccess
{
    public static int RowStride => 1;
}
