using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>What is in the packages.</summary>
public sealed class PackageContentTests(PackageWorkshop workshop)
{
    [Theory]
    [InlineData("GmmNative", "lib/net10.0/GmmNative.dll", "lib/net10.0/GmmNative.xml", "buildTransitive/GmmNative.targets",
        "buildTransitive/select_level.c")]
    [InlineData("GmmNative.Interop", "lib/net10.0/GmmNative.Interop.dll", "lib/net10.0/GmmNative.Interop.xml")]
    [InlineData("GmmNative.ML", "lib/net10.0/GmmNative.ML.dll", "lib/net10.0/GmmNative.ML.xml")]
    [InlineData("GmmNative.Formats.Arrow", "lib/net10.0/GmmNative.Formats.Arrow.dll", "lib/net10.0/GmmNative.Formats.Arrow.xml")]
    [InlineData(
        "GmmNative.Formats.Parquet", "lib/net10.0/GmmNative.Formats.Parquet.dll", "lib/net10.0/GmmNative.Formats.Parquet.xml")]
    [InlineData("GmmNative.Onnx", "lib/net10.0/GmmNative.Onnx.dll", "lib/net10.0/GmmNative.Onnx.xml")]
    [InlineData("GmmNative.Plots", "lib/net10.0/GmmNative.Plots.dll", "lib/net10.0/GmmNative.Plots.xml", "THIRD-PARTY-NOTICES.txt")]
    [InlineData("GmmNative.MathNet", "lib/net10.0/GmmNative.MathNet.dll", "lib/net10.0/GmmNative.MathNet.xml")]
    [InlineData(
        "GmmNative.DependencyInjection", "lib/net10.0/GmmNative.DependencyInjection.dll", "lib/net10.0/GmmNative.DependencyInjection.xml")]
    [InlineData(
        "GmmNative.Tool.any", "tools/net10.0/any/gmm.dll", "tools/net10.0/any/runtimes/linux-x64/native/libSkiaSharp.so",
        "tools/net10.0/any/runtimes/win-x64/native/libSkiaSharp.dll", "notices/SkiaSharp/THIRD-PARTY-NOTICES.txt",
        "tools/net10.0/any/GmmNative.dll", "tools/net10.0/any/DotnetToolSettings.xml")]
    [InlineData("GmmNative.Tool", "tools/any/any/DotnetToolSettings.xml")]
    public void Package_OfFeed_HasWhatItNeeds(string id, params string[] files) => AssertHasWhatItNeeds(id, files);

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "NativeAot")]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public void Package_OfThePlatform_HasTheProgramAheadOfTime()
    {
        _ = workshop.AheadOfTime;
        const string Folder = "tools/any/linux-x64/";
        string[] files = [
            $"{Folder}DotnetToolSettings.xml", $"{Folder}gmm", $"{Folder}libHarfBuzzSharp.so", $"{Folder}libSkiaSharp.so"];
        AssertHasWhatItNeeds("GmmNative.Tool.linux-x64", [.. files, "notices/SkiaSharp/THIRD-PARTY-NOTICES.txt"]);
        Dictionary<string, byte[]> entries = Entries(PathOf(workshop.Feed, "GmmNative.Tool.linux-x64", "nupkg"));
        Assert.Equal(files, entries.Keys.Where(name => name.StartsWith("tools/", StringComparison.Ordinal)).Order());
        Assert.Equal(File.ReadAllBytes(workshop.AheadOfTime), entries[$"{Folder}gmm"]);
        Dictionary<string, byte[]> list = Entries(PathOf(workshop.Feed, "GmmNative.Tool", "nupkg"));
        string settings = Encoding.UTF8.GetString(list["tools/any/any/DotnetToolSettings.xml"]);
        Assert.Contains("RuntimeIdentifier=\"linux-x64\" Id=\"GmmNative.Tool.linux-x64\"", settings, StringComparison.Ordinal);
        Assert.Contains("RuntimeIdentifier=\"linux-musl-x64\" Id=\"GmmNative.Tool.any\"", settings, StringComparison.Ordinal);
        Assert.Contains("RuntimeIdentifier=\"any\" Id=\"GmmNative.Tool.any\"", settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GmmNative", "lib/net10.0/GmmNative.pdb")]
    [InlineData("GmmNative.Interop", "lib/net10.0/GmmNative.Interop.pdb")]
    [InlineData("GmmNative.ML", "lib/net10.0/GmmNative.ML.pdb")]
    [InlineData("GmmNative.Formats.Arrow", "lib/net10.0/GmmNative.Formats.Arrow.pdb")]
    [InlineData("GmmNative.Formats.Parquet", "lib/net10.0/GmmNative.Formats.Parquet.pdb")]
    [InlineData("GmmNative.Onnx", "lib/net10.0/GmmNative.Onnx.pdb")]
    [InlineData("GmmNative.Plots", "lib/net10.0/GmmNative.Plots.pdb")]
    [InlineData("GmmNative.Tool.any", "tools/net10.0/any/gmm.pdb")]
    public void SymbolPackage_OfFeed_HasTheSymbols(string id, string file) =>
        Assert.Contains(file, Entries(PathOf(workshop.Feed, id, "snupkg")).Keys);

    [Fact]
    public void Package_OfGmmNative_DependsOnExactlyItsOwnInterop()
    {
        XElement metadata = MetadataOf(Entries(PathOf(workshop.Feed, "GmmNative", "nupkg")), "GmmNative");
        XElement interop = Assert.Single(
            metadata.Descendants(), e => e.Name.LocalName == "dependency" && (string?)e.Attribute("id") == "GmmNative.Interop");
        Assert.Equal($"[{PackageWorkshop.Version}]", (string?)interop.Attribute("version"));
        Assert.DoesNotContain(
            metadata.Descendants(), e => ((string?)e.Attribute("id"))?.Contains("PublicApiAnalyzers", StringComparison.Ordinal) == true);
    }

    /// <summary>The package compiles against a changed copy of an assembly of ML.NET, and must not bring it or what changed it.</summary>
    [Fact]
    public void Package_OfGmmNativeML_DependsOnMLNetAndBringsNoneOfIt()
    {
        Dictionary<string, byte[]> entries = Entries(PathOf(workshop.Feed, "GmmNative.ML", "nupkg"));
        Assert.Equal(["lib/net10.0/GmmNative.ML.dll"], entries.Keys.Where(name => name.EndsWith(".dll", StringComparison.Ordinal)));
        string[] dependencies = [.. MetadataOf(entries, "GmmNative.ML").Descendants().Where(e => e.Name.LocalName == "dependency")
            .Select(e => $"{(string?)e.Attribute("id")} {(string?)e.Attribute("version")}")];
        Assert.Contains("Microsoft.ML [5.0.1, 6.0.0)", dependencies);
        Assert.DoesNotContain(dependencies, name => name.StartsWith("Mono.Cecil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GmmNative")]
    [InlineData("GmmNative.Interop")]
    [InlineData("GmmNative.ML")]
    [InlineData("GmmNative.Formats.Arrow")]
    [InlineData("GmmNative.Formats.Parquet")]
    [InlineData("GmmNative.Onnx")]
    [InlineData("GmmNative.Plots")]
    [InlineData("GmmNative.Tool.any")]
    public void Packages_MadeInAnotherFolder_AreTheSameToTheByte(string id)
    {
        foreach (string kind in (string[])["nupkg", "snupkg"])
        {
            Dictionary<string, byte[]> first = Entries(PathOf(workshop.Feed, id, kind));
            Dictionary<string, byte[]> second = Entries(PathOf(workshop.FeedAgain, id, kind));

            // NuGet gives its own description of the package a new name each time.
            string[] names = [.. first.Keys.Where(IsOurs).Order()];
            Assert.Contains(names, name => name.EndsWith(kind == "nupkg" ? ".dll" : ".pdb", StringComparison.Ordinal));
            Assert.Equal(names, second.Keys.Where(IsOurs).Order());
            Assert.All(names, name => Assert.True(first[name].AsSpan().SequenceEqual(second[name]), $"{name} of {id}.{kind} differs"));
        }

        static bool IsOurs(string name) => !name.EndsWith(".psmdcp", StringComparison.Ordinal) && name != "_rels/.rels";
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, SelfContainedLibraries.Trait)]
    public void RuntimePackage_OfABuiltLibrary_HasItAndNothingElseToLoad()
    {
        Dictionary<string, byte[]> entries = Entries(workshop.RuntimePackage);
        const string Library = "runtimes/linux-x64/native/libgmmnative_blas.so";
        Assert.Equal(File.ReadAllBytes(SelfContainedLibraries.PathOf(SelfContainedLibraries.Kinds[0])), entries[Library]);
        Assert.All(["README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt"], file => Assert.Contains(file, entries.Keys));
        Assert.DoesNotContain(
            entries.Keys, name => name.EndsWith(".dll", StringComparison.Ordinal) || name.StartsWith("lib/", StringComparison.Ordinal));
        XElement metadata = MetadataOf(entries, "GmmNative.Runtime.linux-x64");
        Assert.Equal("THIRD-PARTY-NOTICES.txt", Value(metadata, "license"));
        Assert.DoesNotContain(metadata.Descendants(), e => e.Name.LocalName == "dependency");
    }

    [Fact]
    public void RuntimePackage_WithoutTheLibrary_SaysHowToBuildIt()
    {
        string nothing = workshop.NewFolder("no library here");
        (int exitCode, string output) = workshop.TryPackRuntime(nothing);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("error GMM0001: There is no ", output, StringComparison.Ordinal);
        Assert.Contains("cmake --build --preset linux-x64", output, StringComparison.Ordinal);
    }

    private void AssertHasWhatItNeeds(string id, string[] files)
    {
        Dictionary<string, byte[]> entries = Entries(PathOf(workshop.Feed, id, "nupkg"));
        Assert.All(files.Concat(["README.md", "LICENSE", "icon.png"]), file => Assert.Contains(file, entries.Keys));
        XElement metadata = MetadataOf(entries, id);
        Assert.Equal(id, Value(metadata, "id"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.NotEmpty(Value(metadata, "description"));
        string title = id.StartsWith("GmmNative.Tool", StringComparison.Ordinal) ? "gmm" : id;
        Assert.StartsWith($"# {title}\n", Encoding.UTF8.GetString(entries["README.md"]), StringComparison.Ordinal);
    }

    private static string PathOf(string feed, string id, string kind) => Path.Combine(feed, $"{id}.{PackageWorkshop.Version}.{kind}");

    private static Dictionary<string, byte[]> Entries(string package)
    {
        Dictionary<string, byte[]> entries = [];
        using ZipArchive zip = ZipFile.OpenRead(package);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            entries.Add(entry.FullName, bytes.ToArray());
        }

        return entries;
    }

    private static XElement MetadataOf(Dictionary<string, byte[]> entries, string id)
    {
        using MemoryStream manifest = new(entries[$"{id}.nuspec"]);
        return XDocument.Load(manifest).Root!.Elements().Single();
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
}
