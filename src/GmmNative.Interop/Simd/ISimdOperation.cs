using System.Numerics;

namespace GmmNative.Interop.Simd;

/// <summary>
/// A kernel that is written once for all vector widths: a struct that contains the operands, and the loops over them.
/// <see cref="SimdDispatch"/> runs it.
/// </summary>
/// <remarks>
/// Loops copy operands to locals, because the JIT must assume that a store through a pointer changes the fields of the struct.
/// </remarks>
/// <typeparam name="T">The element of the vectors: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ISimdOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs the kernel on vectors of one width.</summary>
    /// <typeparam name="TSimd">The operations on vectors.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;
}
