using System.Runtime.Intrinsics;
using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>The program gmm compiled ahead of time, which holds code for three levels of instructions.</summary>
[Trait(SelfContainedLibraries.Requires, "NativeAot")]
[Trait(SelfContainedLibraries.Requires, "Linux")]
public sealed class AheadOfTimeTests(PackageWorkshop workshop)
{
    public static TheoryData<string, BackendKind, string?> Cases => ReferenceRun.Cases;

    [Fact]
    public void File_Published_StandsAlone()
    {
        string[] files = Directory.GetFileSystemEntries(Path.GetDirectoryName(workshop.AheadOfTime)!);
        Assert.Equal(["gmm", "libHarfBuzzSharp.so", "libSkiaSharp.so"], files.Select(Path.GetFileName).Order());
        string alone = CopyAlone("the file alone");
        Dictionary<string, string?> nowhere = new() { ["DOTNET_ROOT"] = "/nowhere", ["PATH"] = "/nowhere" };
        (int exitCode, string output, _) = Command.Run(alone, ["--version"], Path.GetTempPath(), nowhere);
        Assert.Equal((0, $"gmm {PackageWorkshop.Version}"), (exitCode, output.Trim()));
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
    public void File_PlotWithoutTheLibraries_SaysWhatIsMissing()
    {
        string folder = workshop.NewFolder("no picture");
        File.WriteAllText(Path.Combine(folder, "rows.csv"), "1,2\n3,4\n5,7\n");
        (int exitCode, string output, string error) = Command.Run(
            CopyAlone("the file without libraries"), ["plot", "data", "rows.csv", "-o", "rows.png"], folder, null);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(
            "gmm: gmm plot needs SkiaSharp's native library", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["rows.csv"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Tool_Installed_IsTheProgramOfThePlatform()
    {
        string folder = workshop.NewFolder("installed tool");
        File.Copy(Path.Combine(TestData.Root, "samples", "data", "faithful.csv"), Path.Combine(folder, "faithful.csv"));
        File.Copy(
            Path.Combine(TestData.Root, "tests", "TestData", "parquet", "faithful.parquet"), Path.Combine(folder, "faithful.parquet"));
        Dictionary<string, string?> nowhere = new() { ["DOTNET_ROOT"] = "/nowhere", ["PATH"] = "/nowhere" };
        foreach ((string arguments, string told) in ((string, string)[])[
            ("--version", $"gmm {PackageWorkshop.Version}"),
            ("train faithful.csv -k 2 -o model.npz --report report.json -q", ""),
            ("info model.npz --json", "\"components\": 2"),
            ("train faithful.parquet -k 2 -o parquet.npz -q", ""),
            ("plot model model.npz faithful.csv -o model.svg -q", ""),
            ("plot report report.json -o report.png -q", "")])
        {
            (int exitCode, string output, string error) = Command.Run(
                workshop.AheadOfTimeTool, arguments.Split(' '), folder, nowhere);
            Assert.Equal((0, ""), (exitCode, error));
            Assert.Contains(told, output, StringComparison.Ordinal);
        }

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(folder, "model.npz")), File.ReadAllBytes(Path.Combine(folder, "parquet.npz")));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder, "model.svg")), StringComparison.Ordinal);
        Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(Path.Combine(folder, "report.png"))[..4]);
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

    private string CopyAlone(string folder)
    {
        string alone = Path.Combine(workshop.NewFolder(folder), "gmm");
        File.Copy(workshop.AheadOfTime, alone);
        return alone;
    }
}
