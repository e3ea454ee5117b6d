using System.Runtime.Intrinsics;

namespace GmmNative.Interop.Simd;

/// <summary>The vector width that managed kernels use in this process.</summary>
internal static class SimdWidth
{
    /// <summary>512, 256 or 128; 0 if .NET supports no vectors on this processor.</summary>
    public static int Bits =>
        Vector512.IsHardwareAccelerated ? 512 :
        Vector256.IsHardwareAccelerated ? 256 :
        Vector128.IsHardwareAccelerated ? 128 : 0;
}
