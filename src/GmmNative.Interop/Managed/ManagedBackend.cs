using System.Numerics;
using System.Runtime.Intrinsics;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>The dense operations in C#, on the widest vectors of this processor.</summary>
internal sealed class ManagedBackend : DenseBackend
{
    internal ManagedBackend()
    {
        DoubleOperations = Create<double>();
        SingleOperations = Create<float>();
    }

    public override BackendKind Kind => BackendKind.Managed;

    public override string? Library => null;

    public override string Version => typeof(ManagedBackend).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public override string Description => $"managed {Version}, {VectorDescription}";

    public override IDenseOperations<double> DoubleOperations { get; }

    public override IDenseOperations<float> SingleOperations { get; }

    /// <summary>How wide the vectors are that it computes on.</summary>
    public static string VectorDescription => SimdWidth.Bits > 0 ? $"{SimdWidth.Bits}-bit vectors" : "no vectors";

    private static IDenseOperations<T> Create<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdWidth.Bits switch
        {
            512 => new ManagedOperations<ProductKernel8<Simd512<T>, Vector512<T>, T>, Simd512<T>, Vector512<T>, T>(),
            256 => new ManagedOperations<ProductKernel4<Simd256<T>, Vector256<T>, T>, Simd256<T>, Vector256<T>, T>(),
            128 => new ManagedOperations<ProductKernel4<Simd128<T>, Vector128<T>, T>, Simd128<T>, Vector128<T>, T>(),
            _ => new ManagedOperations<ProductKernel4<SimdScalar<T>, T, T>, SimdScalar<T>, T, T>(),
        };
}
