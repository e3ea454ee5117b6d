using System.IO.Compression;
using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>
/// MKL as the published packages bring it: <c>runtimes/linux-x64/native</c> with <c>libmkl_rt.so</c> (MKL.NET.linux-x64) or versioned names
/// (intelmkl.redist.linux-x64). The packages here are made of the system's MKL, under the same names.
/// </summary>
[Trait(SelfContainedLibraries.Requires, "MKL")]
[Trait(SelfContainedLibraries.Requires, "Linux")]
public sealed class MklPackageTests(PackageWorkshop workshop)
{
    private const string Runtime = "libmkl_rt.so";

    // The libraries that mkl_rt needs to start. It loads them by these names, regardless of its own file name.
    private static readonly string[] Parts = ["libmkl_core.so", "libmkl_sequential.so", "libmkl_intel_lp64.so", "libmkl_def.so"];

    [Theory]
    [InlineData("MKL.NET.linux-x64", Runtime, false)]
    [InlineData("MKL.NET.linux-x64", Runtime, true)]
    [InlineData("intelmkl.redist.linux-x64", Runtime + ".1", true)]
    [InlineData("intelmkl.redist.linux-x64", Runtime + ".2", false)]
    [InlineData("intelmkl.redist.linux-x64", Runtime + ".2", true)]
    public void Program_WithPackage_ComputesOnItsMkl(string package, string fileName, bool flat)
    {
        string installed = Path.GetDirectoryName(Backends.Select(BackendKind.Mkl).Backend.Library)!;
        string unique = $"{package}{fileName[Runtime.Length..].Replace('.', '_')}.{flat}";
        MakePackage(unique, fileName, Path.Combine(installed, Runtime));
        ScratchProject project = new(workshop, unique, unique);
        string application = project.Publish(flat);

        // The parts are 160 MB: the package holds an empty file for each, and where NuGet put that, the part is linked.
        string folder = ScratchProject.NativeFolder(application, flat);
        foreach (string part in Parts)
        {
            string path = Path.Combine(folder, part);
            Assert.Equal(0, new FileInfo(path).Length);
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.Combine(installed, part));
        }

        Dictionary<string, string> told = project.Run(
            application, "mkl", new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = WithoutSystemMkl(unique) });

        Assert.Equal(Path.Combine(folder, fileName), told["library"]);
        Assert.StartsWith("mkl ", told["description"], StringComparison.Ordinal);
        Assert.StartsWith($"It was found as {Path.Combine(folder, fileName)} (application): ", told["reason"], StringComparison.Ordinal);
    }

    /// <summary>A folder that hides the system's MKL: its parts are text files, which cannot be loaded.</summary>
    private string WithoutSystemMkl(string name)
    {
        string folder = workshop.NewFolder($"hidden {name}");
        foreach (string file in Parts.Append(Runtime))
        {
            File.WriteAllText(Path.Combine(folder, file), "hidden from the tests' program, by a text longer than a header of 64 bytes\n");
        }

        return folder;
    }

    private void MakePackage(string id, string fileName, string library)
    {
        using ZipArchive package = ZipFile.Open(
            Path.Combine(workshop.Feed, $"{id}.{PackageWorkshop.Version}.nupkg"), ZipArchiveMode.Create);
        using (StreamWriter manifest = new(package.CreateEntry($"{id}.nuspec").Open()))
        {
            manifest.Write($"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{id}</id><version>{PackageWorkshop.Version}</version><authors>tests</authors>
                    <description>MKL laid out as in the published package.</description>
                  </metadata>
                </package>
                """);
        }

        package.CreateEntryFromFile(library, $"runtimes/linux-x64/native/{fileName}", CompressionLevel.Fastest);
        foreach (string part in Parts)
        {
            package.CreateEntry($"runtimes/linux-x64/native/{part}").Open().Dispose();
        }
    }
}
