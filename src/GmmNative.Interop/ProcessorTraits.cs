using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GmmNative.Interop;

/// <summary>What the choice of a backend depends on.</summary>
/// <param name="HasVector512">Whether the runtime computes on 512-bit vectors.</param>
/// <param name="IsAmd">Whether AMD, or a maker under its licence, made the processor.</param>
internal sealed record ProcessorTraits(bool HasVector512, bool IsAmd)
{
    /// <summary>This machine's processor.</summary>
    public static ProcessorTraits Current { get; } = new(Vector512.IsHardwareAccelerated, Vendor() is "AuthenticAMD" or "HygonGenuine");

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
