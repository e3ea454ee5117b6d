using System.Runtime.Intrinsics;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Runs in the child processes of <see cref="InstructionSetTests"/> too: there it proves that the switch was heeded.</summary>
public sealed class VectorWidthTests
{
    [Fact]
    public void CurrentWidth_InThisProcess_IsTheOneItWasStartedFor() =>
        Assert.Equal(InstructionSetRunner.ExpectedWidth ?? InstructionSetRunner.CurrentWidth, InstructionSetRunner.CurrentWidth);

    [Fact]
    public void VectorWidths_InThisProcess_IncludeAllNarrowerOnes()
    {
        Assert.Equal(InstructionSetRunner.CurrentWidth >= 512, Vector512.IsHardwareAccelerated);
        Assert.Equal(InstructionSetRunner.CurrentWidth >= 256, Vector256.IsHardwareAccelerated);
        Assert.Equal(InstructionSetRunner.CurrentWidth >= 128, Vector128.IsHardwareAccelerated);
    }

    [Fact]
    public void ManagedBackend_InThisProcess_UsesTheWidestVectors() => Assert.Contains(
        InstructionSetRunner.CurrentWidth == 0 ? "no vectors" : $"{InstructionSetRunner.CurrentWidth}-bit vectors",
        Backends.Managed.Description,
        StringComparison.Ordinal);
}
