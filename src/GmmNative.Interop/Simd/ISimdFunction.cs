using System.Numerics;

namespace GmmNative.Interop.Simd;

/// <summary>An <see cref="ISimdOperation{T}"/> that returns a result.</summary>
/// <typeparam name="T">The element of the vectors: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
internal interface ISimdFunction<T, TResult>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs the kernel on vectors of one width.</summary>
    /// <typeparam name="TSimd">The operations on vectors.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    TResult Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;
}
