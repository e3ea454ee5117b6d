using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>What an output's path leads to, and how it is written there.</summary>
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class OutputPlaceTests : IDisposable
{
    private const int Rows = 272;
    private readonly TestFolder _folder = new();

    public OutputPlaceTests()
    {
        ModelFile.Save(TestData.Model, _folder["model.npz"]);
        File.Copy(TestData.Faithful, _folder["data.csv"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_ToTheMemoryDisk_WritesAFileLikeAnyOther(bool exists)
    {
        string path = $"/dev/shm/gmm-test-{Guid.NewGuid()}.json";
        try
        {
            if (exists)
            {
                File.WriteAllBytes(path, new byte[100_000]);
            }

            AssertEnds(0, GmmProcess.Run(["train", "data.csv", "-k", "2", "-q", "-o", path], workingDirectory: _folder.Root));
            Assert.Equal(2, ModelFile.Load(path).ComponentCount);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Score_ToAnExistingFileOnTheMemoryDisk_ReplacesIt()
    {
        string path = $"/dev/shm/gmm-test-{Guid.NewGuid()}.csv";
        try
        {
            File.WriteAllText(path, new string('x', 100_000));
            AssertEnds(0, GmmProcess.Run(["score", "model.npz", "data.csv", "-q", "-o", path], workingDirectory: _folder.Root));
            Assert.Equal(Rows, File.ReadAllLines(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Score_ToALinkToALink_ReplacesTheFileAtItsEnd()
    {
        _folder.Write("target.csv", "old");
        File.CreateSymbolicLink(_folder["middle.csv"], "target.csv");
        File.CreateSymbolicLink(_folder["link.csv"], _folder["middle.csv"]);
        AssertEnds(0, Run("gmm score model.npz data.csv -q -o link.csv"));
        Assert.Equal(Rows, File.ReadAllLines(_folder["target.csv"]).Length);
        Assert.NotNull(new FileInfo(_folder["link.csv"]).LinkTarget);
        Assert.NotNull(new FileInfo(_folder["middle.csv"]).LinkTarget);
    }

    [Fact]
    public void Score_ToADanglingLinkInAFolderThatExists_MakesTheFileThere()
    {
        Directory.CreateDirectory(_folder["far"]);
        File.CreateSymbolicLink(_folder["link.csv"], "far/new.csv");
        AssertEnds(0, Run("gmm score model.npz data.csv -q -o link.csv"));
        Assert.Equal(Rows, File.ReadAllLines(_folder["far/new.csv"]).Length);
        Assert.NotNull(new FileInfo(_folder["link.csv"]).LinkTarget);
    }

    [Fact]
    public void Score_ToADanglingLinkIntoNowhere_NamesTheMissingFolder()
    {
        File.CreateSymbolicLink(_folder["link.csv"], "nowhere/new.csv");
        Failing.Check(_folder, 1, ["score", "model.npz", "data.csv", "-o", "link.csv"], ["link.csv", "/nowhere does not exist"]);
    }

    [Fact]
    public void Score_ToLinksInACircle_SaysSo()
    {
        File.CreateSymbolicLink(_folder["one.csv"], "two.csv");
        File.CreateSymbolicLink(_folder["two.csv"], "one.csv");
        Failing.Check(_folder, 1, ["score", "model.npz", "data.csv", "-o", "one.csv"], ["one.csv", "links"]);
    }

    [Theory]
    [InlineData("gmm score model.npz data.csv -q -o /dev/stdout >> log")]
    [InlineData("gmm score model.npz data.csv -q -o - >> log")]
    [InlineData("gmm score model.npz data.csv -q -o /dev/fd/3 3>> log")]
    [InlineData("gmm score model.npz data.csv -q -o /proc/self/fd/4 4>> log")]
    [InlineData("{ echo -n start >&3; gmm score model.npz data.csv -q -o /dev/fd/3; } 3> log")]
    [InlineData("ln -s /dev/stdout link; gmm score model.npz data.csv -q -o link >> log")]
    public void Score_ToADescriptor_WritesWhereItStands(string script)
    {
        _folder.Write("log", "start");
        AssertEnds(0, Run(script));
        byte[] log = File.ReadAllBytes(_folder["log"]);
        Assert.Equal("start"u8, log.AsSpan(0, 5));
        Assert.Equal(5 + (Rows * sizeof(double)), log.Length);
    }

    [Fact]
    public void Score_ToADescriptorOfAFile_LeavesThePlaceBehindItsData()
    {
        AssertEnds(0, Run("{ gmm score model.npz data.csv -q -o -; echo -n end; } > log"));
        byte[] log = File.ReadAllBytes(_folder["log"]);
        Assert.Equal((Rows * sizeof(double)) + 3, log.Length);
        Assert.Equal("end"u8, log.AsSpan(log.Length - 3));
    }

    [Fact]
    public void Score_ToADescriptorThatCannotBeWritten_SaysSoBeforeTheWork()
    {
        AssertFails(1, Run("gmm score nothing.npz data.csv -o /dev/fd/3 3< model.npz"), "/dev/fd/3", "reading only");
        AssertFails(1, Run("gmm score nothing.npz data.csv -o /dev/fd/9"), "/dev/fd/9", "closed");
    }

    [Fact]
    public void Score_ToAPipeWithAName_WritesIntoIt()
    {
        GmmProcessResult result = Run("mkfifo pipe && { cat pipe > copy & } && gmm score model.npz data.csv -q -o pipe && wait");
        AssertEnds(0, result);
        Assert.Equal(Rows * sizeof(double), new FileInfo(_folder["copy"]).Length);
        Assert.Equal(0, Run("test -p pipe").ExitCode);
    }

    [Fact]
    public void Score_ToTheNullDevice_KeepsItADevice()
    {
        AssertEnds(0, Run("gmm score model.npz data.csv -q -o /dev/null && test -c /dev/null"));
        AssertEnds(0, Run("mknod null c 1 3 2> log || ln -s /dev/null null; gmm score model.npz data.csv -q -o null && test -c null"));
    }

    [Theory]
    [InlineData("600")]
    [InlineData("640")]
    [InlineData("666")]
    public void Convert_OverAFile_KeepsItsPermissions(string mode)
    {
        AssertEnds(0, Run($"cp model.npz out.npz && chmod {mode} out.npz && gmm convert model.npz out.npz"));
        Assert.Equal(mode, Run("stat -c %a out.npz").OutputText.Trim());
    }

    [Fact]
    public void Convert_ToANewFile_FollowsTheMask()
    {
        AssertEnds(0, Run("umask 027; gmm convert model.npz out.npz"));
        Assert.Equal("640", Run("stat -c %a out.npz").OutputText.Trim());
    }

    [Fact]
    public void Convert_OverAFileOfAnotherOwner_KeepsTheOwner()
    {
        // Only root may give files away; for everybody else the file is their own.
        AssertEnds(0, Run("cp model.npz out.npz && { chown 1234:4321 out.npz 2> log || true; } && chmod 640 out.npz"));
        AssertEnds(0, Run("stat -c '%u:%g %a' out.npz > before"));
        AssertEnds(0, Run("gmm convert model.npz out.npz"));
        Assert.Equal(File.ReadAllText(_folder["before"]), Run("stat -c '%u:%g %a' out.npz").OutputText);
    }

    [Fact]
    public void Convert_ToANameThatIsTooLong_SaysSoBeforeTheWork()
    {
        AssertFails(1, Run($"gmm convert nothing.npz {new string('a', 252)}.npz"), "too long");
        AssertEnds(0, Run($"gmm convert model.npz {new string('a', 251)}.npz"));
    }

    private GmmProcessResult Run(string script) => GmmShell.Run(script, _folder.Root);

    private void AssertEnds(int exitCode, GmmProcessResult result)
    {
        Assert.Equal("", result.StandardError);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(Directory.GetFiles(_folder.Root, ".gmm-*"));
    }

    private void AssertFails(int exitCode, GmmProcessResult result, params string[] named)
    {
        string line = Assert.Single(result.ErrorLines);
        Assert.All(named, text => Assert.Contains(text, line, StringComparison.Ordinal));
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(Directory.GetFiles(_folder.Root, ".gmm-*"));
    }
}
