using System.Runtime.Intrinsics;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>A user's own program, compiled ahead of time against the packages: samples/AheadOfTime, with nothing added to its
/// project.</summary>
[Trait(SelfContainedLibraries.Requires, "NativeAot")]
[Trait(SelfContainedLibraries.Requires, "Linux")]
public sealed class AheadOfTimeConsumerTests(PackageWorkshop workshop)
{
    [Fact]
    public void Program_WithThePackage_ComputesOnTheWidestVectors()
    {
        string program = Publish("ahead of time consumer");
        int here = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Dictionary<string, int> settings = new()
        {
            [""] = 512,
            ["DOTNET_EnableAVX512"] = 256,
            ["DOTNET_EnableAVX2"] = 128,
            ["DOTNET_EnableHWIntrinsic"] = 128,
        };
        List<double> likelihoods = [];
        foreach ((string switchedOff, int bits) in settings)
        {
            string[] lines = Run(program, switchedOff);
            Assert.Contains($"{Math.Min(bits, here)}-bit vectors", lines[0], StringComparison.Ordinal);
            likelihoods.Add(double.Parse(lines[2].Split(' ')[2]));
        }

        Assert.All(likelihoods, likelihood => Assert.Equal(likelihoods[0], likelihood, 1e-5));
    }

    [Fact]
    public void Program_WithoutTheLevels_ComputesOn128Bits()
    {
        // What the package spares its users: were this not so, it would bring its targets for nothing.
        string program = Publish("ahead of time without levels", "-p:GmmNativeInstructionSetLevels=false");
        Assert.Contains("128-bit vectors", Run(program, "")[0], StringComparison.Ordinal);
    }

    private static string[] Run(string program, string switchedOff)
    {
        Dictionary<string, string?> environment = switchedOff.Length == 0 ? [] : new() { [switchedOff] = "0" };
        (int exitCode, string output, string error) = Command.Run(program, ["2000", "8", "4", "3"], Path.GetTempPath(), environment);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}{error}");
        return output.ReplaceLineEndings("\n").Split('\n');
    }

    private string Publish(string name, params string[] more)
    {
        Assert.NotEmpty(workshop.Feed);
        string folder = ScratchProject.Create(
            workshop, name, Path.Combine(TestData.Root, "samples", "AheadOfTime", "Program.cs"),
            "<InvariantGlobalization>true</InvariantGlobalization><PublishAot>true</PublishAot>", "GmmNative");
        Command.Dotnet(folder, workshop.Environment, ["publish", "-c", "Release", "-r", "linux-x64", .. more]);
        return Path.Combine(folder, "bin", "Release", "net10.0", "linux-x64", "publish", "Consumer");
    }
}
