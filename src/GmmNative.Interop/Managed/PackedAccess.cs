using System.Numerics;

namespace GmmNative.Interop;

/// <summary>A packed strip: all rows' element p side by side.</summary>
internal readonly struct PackedAccess<TKernel, TVector, T> : IOperandAccess
    where TKernel : struct, IProductKernel<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int RowStride => 1;

    public static int Step => TKernel.Rows;
}
