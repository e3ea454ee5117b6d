using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>
/// The Dockerfile, as far as it can be tested without Docker: its instructions, and whether the final image has the libraries that the
/// program needs.
/// </summary>
public sealed partial class DockerfileTests(PackageWorkshop workshop)
{
    // The files of Ubuntu's package libc6, from which the final image is made.
    private static readonly string[] FilesOfLibC6 =
        ["ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "librt.so.1"];

    private static readonly (string Instruction, string Arguments)[] Instructions = [..
        File.ReadLines(Path.Combine(TestData.Root, "Dockerfile"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], parts[1]))];

    [Fact]
    public void Instructions_AreKnownAndInOrder()
    {
        Assert.Equal(
            ["FROM", "RUN", "WORKDIR", "COPY", "COPY", "RUN", "FROM", "COPY", "WORKDIR", "USER", "ENTRYPOINT", "CMD"],
            Instructions.Select(i => i.Instruction));
        string[] images = [.. ArgumentsOf("FROM").Select(arguments => arguments.Split(' ')[0])];
        Assert.Equal(
            ["mcr.microsoft.com/dotnet/sdk:10.0-noble", "mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled"], images);
        Assert.True(int.Parse(Assert.Single(ArgumentsOf("USER"))) > 0);
        Assert.Equal("[\"/usr/local/bin/gmm\"]", Assert.Single(ArgumentsOf("ENTRYPOINT")));
    }

    /// <summary>The other tests of this project build the program from copies of the same files, by the same command.</summary>
    [Fact]
    public void Build_IsThatOfTheTests()
    {
        string[] copied = [.. ArgumentsOf("COPY").SelectMany(arguments => arguments.Split(' ')[..^1]).Where(word => word[0] != '-')];
        Assert.Equal(
            PackageWorkshop.RootFiles.Where(file => file != "GmmNative.sln").Append("src").Append("/app").Order(), copied.Order());
        Assert.All(copied.Where(name => name[0] != '/'), name => Assert.True(Path.Exists(Path.Combine(TestData.Root, name)), name));
        string[] ignored = File.ReadAllLines(Path.Combine(TestData.Root, ".dockerignore"));
        Assert.Equal(copied.Where(name => name[0] != '/').Order(), ignored.Where(line => line[0] == '!').Select(line => line[1..]).Order());
        Assert.Contains($"dotnet {string.Join(' ', PackageWorkshop.AheadOfTimeOptions.Prepend("publish"))} -o /app", ArgumentsOf("RUN"));
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "NativeAot")]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public void Image_HasTheLibrariesOfTheProgram()
    {
        string folder = Path.GetDirectoryName(workshop.AheadOfTime)!;
        foreach (string file in Directory.GetFiles(folder))
        {
            (int exitCode, string output, string error) = Command.Run("objdump", ["-p", file], folder);
            Assert.True(exitCode == 0, error);
            string[] needed = [.. Needed().Matches(output).Select(match => match.Groups[1].Value)];
            Assert.Contains("libc.so.6", needed);
            Assert.All(needed, library => Assert.Contains(library, FilesOfLibC6));
        }
    }

    private static IEnumerable<string> ArgumentsOf(string instruction) =>
        Instructions.Where(i => i.Instruction == instruction).Select(i => i.Arguments);

    [GeneratedRegex(@"^\s*NEEDED\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex Needed();
}
