using GmmNative.TestSupport;

[assembly: Xunit.Trait("Lane", "Slow")]
[assembly: Xunit.AssemblyFixture(typeof(GmmNative.Package.Tests.PackageWorkshop))]

namespace GmmNative.Package.Tests;

/// <summary>
/// A temporary folder in which the packages are built from copies of the sources, and used. Each part is built once, when it is first
/// needed. Nothing is written into the source tree.
/// </summary>
public sealed class PackageWorkshop : IDisposable
{
    /// <summary>The version of the packages, which no other package has.</summary>
    public const string Version = "0.1.0-test";

    /// <summary>The files beside <c>src</c> that a build needs.</summary>
    internal static readonly string[] RootFiles =
        ["Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json", "LICENSE", "GmmNative.sln"];

    /// <summary>What is compiled ahead of time, and how.</summary>
    internal static readonly string[] AheadOfTimeOptions = ["src/GmmNative.Cli", "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true"];

    private readonly TestFolder _folder = new();
    private readonly Lazy<string> _sources;
    private readonly Lazy<string> _feed;
    private readonly Lazy<string> _feedAgain;
    private readonly Lazy<string> _runtimePackage;
    private readonly Lazy<string> _tool;
    private readonly Lazy<string> _aheadOfTime;
    private readonly Lazy<string> _aheadOfTimeTool;

    public PackageWorkshop()
    {
        _sources = new(() => CopySources("sources"));
        _feed = new(() => Pack(_sources.Value, _folder["feed"]));
        _feedAgain = new(() => Pack(CopySources("elsewhere, the sources (2)"), _folder["feed-again"]));
        _runtimePackage = new(PackRuntime);
        _tool = new(InstallPortableTool);
        _aheadOfTime = new(PackAheadOfTime);
        _aheadOfTimeTool = new(InstallAheadOfTimeTool);
    }

    /// <summary>The folder with the packages GmmNative, GmmNative.Interop, GmmNative.Plots, GmmNative.Tool and others.</summary>
    public string Feed => _feed.Value;

    /// <summary>The same, made from a copy of the sources in another folder.</summary>
    public string FeedAgain => _feedAgain.Value;

    /// <summary>
    /// The package GmmNative.Runtime.linux-x64 in <see cref="Feed"/>, with the library of the first of <see
    /// cref="SelfContainedLibraries.Kinds"/>.
    /// </summary>
    public string RuntimePackage => _runtimePackage.Value;

    /// <summary>
    /// The program gmm as <c>dotnet tool install</c> leaves it on a platform that has no package of its own: the portable one.
    /// </summary>
    public string Tool => _tool.Value;

    /// <summary>The program gmm compiled ahead of time, as published: beside it lie the libraries that pictures need.</summary>
    public string AheadOfTime => _aheadOfTime.Value;

    /// <summary>The program gmm as <c>dotnet tool install</c> leaves it on linux-x64: compiled ahead of time.</summary>
    public string AheadOfTimeTool => _aheadOfTimeTool.Value;

    /// <summary>The environment of builds that use the packages: a package folder of their own, in which no older ones lie.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["NUGET_PACKAGES"] = _folder["packages"] };

    /// <summary>A new empty folder.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    /// <summary>Packs the runtime package from a folder of native libraries.</summary>
    /// <param name="runtimes">The folder: in it lies <c>linux-x64/native/libgmmnative_blas.so</c>, or should.</param>
    /// <returns>The exit code, and all that the build wrote.</returns>
    public (int ExitCode, string Output) TryPackRuntime(string runtimes)
    {
        (int exitCode, string output, string error) = Command.Run(
            "dotnet",
            ["pack", "src/GmmNative.Runtime.linux-x64", "-c", "Release", $"-p:Version={Version}", "-o", Feed,
            $"-p:NativeRuntimes={runtimes}"],
            _sources.Value);
        return (exitCode, output + error);
    }

    /// <summary>Writes a configuration of NuGet that finds our packages, and made-up ones, in <see cref="Feed"/> only.</summary>
    /// <remarks>What they depend on was restored when the tests were built: nothing is fetched from anywhere.</remarks>
    public void ConfigurePackages(string folder)
    {
        string[] words = Command.Dotnet(_folder.Root, null, "nuget", "locals", "global-packages", "--list").Split(": ", 2);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed}" />
                <add key="restored" value="{words[1].Trim()}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="feed">
                  <package pattern="GmmNative*" />
                  <package pattern="MKL.NET*" />
                  <package pattern="intelmkl*" />
                </packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static string Pack(string sources, string feed)
    {
        Command.Dotnet(
            sources, null, "pack", "src/Packages.slnf", "-c", "Release", $"-p:Version={Version}", $"-p:PackageOutputPath={feed}");
        return feed;
    }

    private string PackRuntime()
    {
        // <output>/runtimes/<rid>/native/<library>
        DirectoryInfo native = new FileInfo(SelfContainedLibraries.PathOf(SelfContainedLibraries.Kinds[0])).Directory!;
        (int exitCode, string output) = TryPackRuntime(native.Parent!.Parent!.FullName);
        return exitCode == 0
            ? Path.Combine(Feed, $"GmmNative.Runtime.linux-x64.{Version}.nupkg")
            : throw new InvalidOperationException($"The runtime package was not packed:\n{output}");
    }

    // A platform without a package of its own is not at hand. Its installation is that of a list of platforms with "any" alone.
    private string InstallPortableTool()
    {
        string sources = CopySources("portable tool");
        string feed = NewFolder("portable feed");
        Command.Dotnet(
            sources, null, "pack", "src/GmmNative.Cli", "-c", "Release", $"-p:Version={Version}", "-p:ToolPackageRuntimeIdentifiers=any",
            $"-p:PackageOutputPath={feed}");
        return InstallTool("portable", feed, "portable tool packages");
    }

    private string InstallAheadOfTimeTool()
    {
        _ = AheadOfTime;
        return InstallTool("tool", Feed, "tool packages");
    }

    // Only the feed is known, so nothing else can be installed; the folder of the tool is empty but for the configuration.
    private string InstallTool(string name, string feed, string packages)
    {
        string folder = NewFolder(name);
        string configuration = Path.Combine(folder, "nuget.config");
        File.WriteAllText(configuration, $"""
            <configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>
            """);
        Dictionary<string, string?> environment = new() { ["NUGET_PACKAGES"] = _folder[packages] };
        Command.Dotnet(
            folder, environment, "tool", "install", "GmmNative.Tool", "--version", Version, "--tool-path", folder,
            "--configfile", configuration);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "gmm.exe" : "gmm");
    }

    private string PackAheadOfTime()
    {
        string sources = CopySources("ahead of time");
        Command.Dotnet(
            sources, null, ["pack", .. AheadOfTimeOptions, $"-p:Version={Version}", $"-p:PackageOutputPath={Feed}"]);
        return Path.Combine(sources, "src", "GmmNative.Cli", "bin", "Release", "net10.0", "linux-x64", "publish", "gmm");
    }

    private string CopySources(string name)
    {
        string target = NewFolder(name);
        foreach (string file in RootFiles)
        {
            File.Copy(Path.Combine(TestData.Root, file), Path.Combine(target, file));
        }

        string source = Path.Combine(TestData.Root, "src");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(source, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                string copy = Path.Combine(target, "src", relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        return target;
    }
}
