using System.Numerics;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>A matrix in row strips of three vectors: the lanes of a value are contiguous, value after value.</summary>
internal readonly struct LaneAccess<TSimd, TVector, T> : IOperandAccess
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int RowStride => 3 * TSimd.Count;
}
