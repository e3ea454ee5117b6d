using GmmNative.Interop;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>The program gmm as <c>dotnet tool install</c> leaves it where a platform has no package of its own.</summary>
public sealed class ToolTests(PackageWorkshop workshop)
{
    public static TheoryData<string, BackendKind, string?> Cases => ReferenceRun.Cases;

    [Fact]
    public void Tool_Version_IsThatOfThePackage() =>
        Assert.Equal($"gmm {PackageWorkshop.Version}", ReferenceRun.Run(workshop.Tool, null, "--version").Trim());

    [Fact]
    public void Tool_Plot_DrawsAPicture()
    {
        string folder = workshop.NewFolder("tool's picture");
        File.WriteAllText(Path.Combine(folder, "rows.csv"), "1,2\n3,4\n5,7\n");
        (int exitCode, _, string error) = Command.Run(workshop.Tool, ["plot", "data", "rows.csv", "-o", "rows.png"], folder);
        Assert.True(exitCode == 0, error);
        Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(Path.Combine(folder, "rows.png"))[..4]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tool_ReferenceCase_AgreesWithSptk(string name, BackendKind backend, string? switchedOff) =>
        ReferenceRun.AssertAgrees(workshop.Tool, name, backend, switchedOff);
}
