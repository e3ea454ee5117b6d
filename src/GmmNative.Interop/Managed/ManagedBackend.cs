using System.Numerics;
using GmmNative.Interop.Seam;
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

    internal override IDenseOperations<double> DoubleOperations { get; }

    internal override IDenseOperations<float> SingleOperations { get; }

    /// <summary>The width of the vectors that the kernels use.</summary>
    public static string VectorDescription => SimdWidth.Bits > 0 ? $"{SimdWidth.Bits}-bit vectors" : "no vectors";

    private static IDenseOperations<T> Create<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdDispatch.Run<Creation<T>, T, IDenseOperations<T>>(default);

    /// <summary>Creates the operations for one vector width.</summary>
    private readonly struct Creation<T> : ISimdFunction<T, IDenseOperations<T>>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Processors with 512-bit vectors have 32 registers, enough for blocks of eight rows. All others have 16.
        public IDenseOperations<T> Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged => typeof(TSimd) == typeof(Simd512<T>)
                ? new ManagedOperations<ProductKernel8<TSimd, TVector, T>, TSimd, TVector, T>()
                : new ManagedOperations<ProductKernel4<TSimd, TVector, T>, TSimd, TVector, T>();
    }
}
