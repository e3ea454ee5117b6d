using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>What an input is is seen from its first bytes: it is read rightly, or named in one line.</summary>
public class InputFormatTests
{
    public static TheoryData<string> Kinds => [.. ForeignFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Lane", "Slow")]
    public void Run_ForeignFile_IsNamed(string kind)
    {
        using TestFolder folder = new();
        (string extension, byte[] content) = ForeignFiles.All[kind];
        string name = $"data{extension}";
        folder.Write(name, content);
        folder.Write("data.raw", content);
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        Failing.Check(folder, 1, ["train", name, "-k", "2", "-o", "new.npz"], [name, kind]);
        Failing.Check(folder, 1, ["train", name, "-k", "2", "-o", "new.npz", "--dimension", "2"], [name, kind]);
        Failing.Check(folder, 1, ["score", "model.npz", "data.raw", "--dimension", "2"], ["data.raw", kind]);
        Failing.Check(folder, 1, ["score", "model.npz", "-", "--dimension", "2"], ["standard input", kind], content);
    }

    [Theory]
    [InlineData("model.npz", "model")]
    [InlineData("model.json", "model")]
    public void Score_ModelAsInput_SaysSo(string name, string named)
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.Model, folder[name]);
        Failing.Check(folder, 1, ["score", name, name], ["it is a " + named, "not vectors"]);
    }

    [Theory]
    [InlineData("text", "")]
    [InlineData("text", "--format csv")]
    [InlineData("blanks", "")]
    [InlineData("blanks", "--format txt")]
    [InlineData("tabs", "--format tsv")]
    [InlineData("npy", "")]
    [InlineData("npy", "--format npy")]
    [InlineData("gz", "")]
    [InlineData("npy.gz", "")]
    [InlineData("raw", "--dimension 2")]
    [InlineData("raw", "--dimension 2 --format raw")]
    [InlineData("raw", "--dimension 2 --type f64")]
    public void Score_StandardInputOfAnyKind_IsRead(string kind, string options)
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        double[] values = [0, 0, 10, 20, 4.25, 8, -3, 1];
        byte[] text = "x,y\n0,0\n10,20\n4.25,8\n-3,1\n"u8.ToArray();
        byte[] input = kind switch
        {
            "text" => text,
            "blanks" => "0 0\n 10  20\n4.25\t8\n-3 1\n"u8.ToArray(),
            "tabs" => "0\t0\n10\t20\n4.25\t8\n-3\t1\n"u8.ToArray(),
            "npy" => TestData.Npy(2, values),
            "gz" => ForeignFiles.Gzip(text),
            "npy.gz" => ForeignFiles.Gzip(TestData.Npy(2, values)),
            _ => TestData.Bytes(values),
        };
        GmmProcessResult result = GmmProcess.Run(
            ["score", "model.npz", "-", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], input,
                workingDirectory: folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        double[] densities = [.. result.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(TestData.LogDensity(values[2 * i], values[(2 * i) + 1]), densities[i], 1e-9);
        }
    }

    [Theory]
    [InlineData("1 2\n3 4\n5 7\n", "data.csv", "line 1", "blanks", "--format txt")]
    [InlineData("a b\n1 2\n3 4\n5 7\n", "data.csv", "line 1", "blanks", "--format txt")]
    [InlineData("1,2\n3,4\n", "data.npy", "text, not a NumPy array")]
    [InlineData("", "data.txt", "empty")]
    public void Train_TextThatIsNotWhatItsNameSays_SaysWhatToDo(string text, string name, params string[] named)
    {
        using TestFolder folder = new();
        folder.Write(name, text);
        Failing.Check(folder, 1, ["train", name, "-k", "1", "-o", "model.npz"], [name, .. named]);
        Failing.Check(folder, 1, ["train", name, "-k", "1", "-o", "model.npz", "--dimension", "2"], [name, .. named]);
    }

    [Fact]
    public void Train_SinglesAsRaw_AreRefusedUnlessTyped()
    {
        using TestFolder folder = new();
        float[] values = [.. Enumerable.Range(0, 400).Select(i => MathF.Sin(i) + (i % 5))];
        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        folder.Write("data.raw", bytes);
        folder.Write("data.f32", bytes);
        string[] common = ["-k", "1", "-o", "model.npz", "--dimension", "2"];
        Failing.Check(folder, 1, ["train", "data.raw", .. common], ["data.raw", "32-bit", "--type f32"]);
        Failing.Check(folder, 1, ["train", "-", .. common], ["standard input", "32-bit", "--type f32"], bytes);
        GmmProcessResult typed = GmmProcess.Run(["train", "data.raw", .. common, "--type", "f32"], workingDirectory: folder.Root);
        Assert.StartsWith("200 rows", typed.ErrorLines[0], StringComparison.Ordinal);
        GmmProcessResult named = GmmProcess.Run(["train", "data.f32", .. common], workingDirectory: folder.Root);
        Assert.StartsWith("200 rows", named.ErrorLines[0], StringComparison.Ordinal);
    }
}
