using GmmNative.Interop;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>The program gmm as <c>dotnet tool install</c> leaves it.</summary>
public sealed class ToolTests(PackageWorkshop workshop)
{
    public static TheoryData<string, BackendKind, string?> Cases => ReferenceRun.Cases;

    [Fact]
    public void Tool_Version_IsThatOfThePackage() =>
        Assert.Equal($"gmm {PackageWorkshop.Version}", ReferenceRun.Run(workshop.Tool, null, "--version").Trim());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tool_ReferenceCase_AgreesWithSptk(string name, BackendKind backend, string? switchedOff) =>
        ReferenceRun.AssertAgrees(workshop.Tool, name, backend, switchedOff);
}
