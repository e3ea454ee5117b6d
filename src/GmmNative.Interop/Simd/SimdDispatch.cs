using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmNative.Interop.Simd;

/// <summary>Runs kernels on the widest vectors of this processor. No other type maps a width to its vectors.</summary>
/// <remarks>
/// Operations are structs, so that each one is compiled separately. The width is a constant to the JIT, which keeps one of the calls and
/// makes it direct.
/// </remarks>
internal static class SimdDispatch
{
    /// <summary>Runs an operation.</summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <typeparam name="T">The element of the vectors.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOperation, T>(TOperation operation)
        where TOperation : struct, ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (SimdWidth.Bits)
        {
            case 512:
                operation.Run<Simd512<T>, Vector512<T>>();
                break;
            case 256:
                operation.Run<Simd256<T>, Vector256<T>>();
                break;
            case 128:
                operation.Run<Simd128<T>, Vector128<T>>();
                break;
            default:
                operation.Run<SimdScalar<T>, T>();
                break;
        }
    }

    /// <summary>Runs an operation that returns a result.</summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <typeparam name="T">The element of the vectors.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TResult Run<TOperation, T, TResult>(TOperation operation)
        where TOperation : struct, ISimdFunction<T, TResult>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdWidth.Bits switch
        {
            512 => operation.Run<Simd512<T>, Vector512<T>>(),
            256 => operation.Run<Simd256<T>, Vector256<T>>(),
            128 => operation.Run<Simd128<T>, Vector128<T>>(),
            _ => operation.Run<SimdScalar<T>, T>(),
        };
}
