using System.Runtime.Intrinsics;
using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>The program gmm as one file compiled ahead of time, which holds code for three levels of instructions.</summary>
[Trait(SelfContainedLibraries.Requires, "NativeAot")]
[Trait(SelfContainedLibraries.Requires, "Linux")]
public sealed class AheadOfTimeTests(PackageWorkshop workshop)
{
    public static TheoryData<string, BackendKind, string?> Cases => ReferenceRun.Cases;

    [Fact]
    public void File_Published_StandsAlone()
    {
        Assert.Equal([workshop.AheadOfTime], Directory.GetFileSystemEntries(Path.GetDirectoryName(workshop.AheadOfTime)!));
        Dictionary<string, string?> nowhere = new() { ["DOTNET_ROOT"] = "/nowhere", ["PATH"] = "/nowhere" };
        (int exitCode, string output, _) = Command.Run(workshop.AheadOfTime, ["--version"], Path.GetTempPath(), nowhere);
        Assert.Equal(0, exitCode);
        Assert.Matches(@"^gmm \d+\.\d+\.\d+\s*$", output);
    }

    [Fact]
    public void File_BadInput_EndsWithOneLine()
    {
        // The message comes by an exception: that stacks are unwound in every level is not to be taken for granted.
        foreach (string? switchedOff in (string?[])[null, "DOTNET_EnableAVX512", "DOTNET_EnableAVX2"])
        {
            Dictionary<string, string?> environment = switchedOff is null ? [] : new() { [switchedOff] = "0" };
            (int exitCode, string output, string error) = Command.Run(
                workshop.AheadOfTime, ["train", "nothing.csv", "-k", "2", "-o", "model.npz"], workshop.NewFolder($"empty {switchedOff}"),
                environment);
            Assert.Equal(1, exitCode);
            Assert.Equal("", output);
            Assert.Equal("gmm: nothing.csv: there is no such file.", error.TrimEnd());
        }
    }

    [Fact]
    public void File_Plot_SaysThatItIsNotThere()
    {
        (int exitCode, string output, string error) = Command.Run(
            workshop.AheadOfTime, ["plot", "model", "model.npz", "-o", "model.png"], workshop.NewFolder("no picture"), null);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("gmm: this gmm is compiled ahead of time", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 512)]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 128)]
    public void Level_UnderASetting_IsTheHighestLeft(string? switchedOff, int bits)
    {
        int here = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        string told = ReferenceRun.Run(workshop.AheadOfTime, switchedOff, "backends", "--json");
        Assert.Contains($"{Math.Min(bits, here)}-bit vectors", told, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void File_ReferenceCase_AgreesWithSptk(string name, BackendKind backend, string? switchedOff) =>
        ReferenceRun.AssertAgrees(workshop.AheadOfTime, name, backend, switchedOff);
}
