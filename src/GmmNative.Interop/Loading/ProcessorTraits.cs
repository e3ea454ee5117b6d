using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Loading;

/// <summary>The properties of the processor that the choice of a backend depends on.</summary>
/// <param name="VectorBits">The width of the vectors that the managed kernels use; 0 for none.</param>
/// <param name="IsAmd">Whether the processor was made by AMD or under its license.</param>
internal sealed record ProcessorTraits(int VectorBits, bool IsAmd)
{
    /// <summary>The processor of this machine.</summary>
    public static ProcessorTraits Current { get; } = new(SimdWidth.Bits, Vendor() is "AuthenticAMD" or "HygonGenuine");

    private static string Vendor()
    {
        if (!X86Base.IsSupported)
        {
            return "";
        }

        (_, int ebx, int ecx, int edx) = X86Base.CpuId(0, 0);
        ReadOnlySpan<int> words = [ebx, edx, ecx];
        return System.Text.Encoding.ASCII.GetString(MemoryMarshal.AsBytes(words));
    }
}
