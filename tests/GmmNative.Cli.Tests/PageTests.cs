using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>The command lines of pages in <c>docs</c> and of the readmes run in a clone, one after the other.</summary>
[Trait("Lane", "Slow")]
public sealed partial class PageTests : IDisposable
{
    /// <summary>Commands that make the inputs of pages whose reader has such files.</summary>
    private static readonly Dictionary<string, string[]> Preparations = new()
    {
        ["docs/conditional.md"] =
        [
            "gmm train joint.csv -k 1 -o joint.npz", "gmm marginal joint.npz --columns 1,2,3 -o given.npz",
            "gmm sample given.npz -n 20 -o source.npy",
        ],
        ["docs/using-models.md"] =
        [
            "gmm train samples/data/speech-en-8k.npy -k 8 --init random -o background.npz",
            "gmm train samples/data/speech-en-8k.npy --ubm background.npz --relevance 16 -o speaker.npz",
            "gmm convert background.npz model.npz",
            "gmm sample background.npz -n 100 -o test.npy", "gmm sample background.npz -n 100 -o vectors.npy",
        ],
        ["src/GmmNative.Cli/README.md"] =
        [
            "gmm train samples/data/speech-en-8k.npy -k 4 --init random -o background.npz",
            "gmm sample background.npz -n 1000 -o rows.npy",
        ],
        ["docs/scikit-learn.md"] =
        [
            "gmm train samples/data/faithful.csv -k 3 --variational process -o first.npz", "gmm convert first.npz bayes.sklearn.npz",
        ],
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs/conditional.md", 6)]
    [InlineData("docs/missing-values.md", 7)]
    [InlineData("docs/onnx.md", 3)]
    [InlineData("docs/priors.md", 9)]
    [InlineData("docs/recipes.md", 23)]
    [InlineData("docs/scikit-learn.md", 5)]
    [InlineData("docs/selection.md", 5)]
    [InlineData("docs/training.md", 6)]
    [InlineData("docs/using-models.md", 8)]
    [InlineData("src/GmmNative.Cli/README.md", 5)]
    public void Page_CommandLines_Succeed(string page, int count)
    {
        CopySamples();
        foreach (string line in Preparations.GetValueOrDefault(page, []))
        {
            Run(line);
        }

        string[] lines = [.. Lines(page).Where(line => line.StartsWith("gmm ", StringComparison.Ordinal))];
        Assert.Equal(count, lines.Length);
        foreach (string line in lines)
        {
            Run(line);
        }
    }

    /// <summary>The recipe for equal results, and the number of rows below the threshold.</summary>
    [Fact]
    public void Recipes_Statements_AreTrue()
    {
        CopySamples();
        string[] lines = [.. Lines("docs/recipes.md").Where(line => line.StartsWith("gmm ", StringComparison.Ordinal))];
        foreach (string line in lines.Where(line => line.Contains("--seed 7", StringComparison.Ordinal)))
        {
            Run(line);
        }

        Assert.Equal(File.ReadAllBytes(_folder["first.npz"]), File.ReadAllBytes(_folder["second.npz"]));
        Run(lines.Single(line => line.EndsWith("-o faithful.npz", StringComparison.Ordinal)));
        string output = Run(lines.Single(line => line.Contains("--anomalies", StringComparison.Ordinal)));
        Assert.Contains("3 rows below -7.678", output, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadLines(_folder["anomalies.csv"]).Count(line => line == "1"));
        output = Run("gmm score faithful.npz samples/data/faithful.csv --threshold=-7.678 --anomalies again.csv");
        Assert.Contains("3 rows below", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md", 7)]
    [InlineData("docs/from-scikit-learn.md", 3)]
    [InlineData("docs/from-sptk.md", 8)]
    [InlineData("docs/tutorial.md", 17)]
    public void Page_Outputs_AreThoseOfItsCommands(string page, int count)
    {
        CopySamples();
        List<string> stated = [];
        string outputs = "";
        string? language = null;
        foreach (string line in Lines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                language = language is null ? line[3..] : null;
            }
            else if (language == "" && line.StartsWith("gmm ", StringComparison.Ordinal))
            {
                outputs += Run(line);
            }
            else if (language == "" && !line.StartsWith("dotnet ", StringComparison.Ordinal))
            {
                stated.Add(line);
            }
        }

        Assert.Equal(count, stated.Count);
        outputs = Seconds().Replace(outputs, "? s");
        Assert.All(stated, line => Assert.Contains(Seconds().Replace(line, "? s"), outputs, StringComparison.Ordinal));
    }

    [Fact]
    public void Tutorial_Shares_AreThoseOfItsRatios()
    {
        CopySamples();
        string[] lines = Lines("docs/tutorial.md");
        foreach (string line in lines.Where(line => line.StartsWith("gmm ", StringComparison.Ordinal)))
        {
            Run(line);
        }

        double[] Numbers(string file) =>
            [.. File.ReadAllLines(_folder[file]).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        string page = string.Join(' ', lines);
        int english = Numbers("en.csv").Count(ratio => ratio > 0);
        int french = Numbers("fr.csv").Count(ratio => ratio < 0);
        Assert.Contains($"in {english} of 2000 English frames and in {french} of 2000 French ones", page, StringComparison.Ordinal);
        Assert.Contains($"probability of {File.ReadLines(_folder["posteriors.csv"]).First()[..12]}.", page, StringComparison.Ordinal);
        string[] rows = [.. File.ReadLines(TestData.Faithful).Skip(1)];
        double[] marks = Numbers("unusual.csv");
        int[] unusual = [.. Enumerable.Range(0, marks.Length).Where(row => marks[row] == 1)];
        Assert.Equal(6, unusual.Length);
        Assert.Contains("3.067,69", unusual.Select(row => rows[row]));
    }

    [GeneratedRegex(@"\d+\.\d+ s\b")]
    private static partial Regex Seconds();

    private static string[] Lines(string page) => File.ReadAllLines(Path.Combine(TestSupport.TestData.Root, page));

    private void CopySamples()
    {
        Directory.CreateDirectory(_folder["samples/data"]);
        foreach (string file in Directory.GetFiles(Path.Combine(TestSupport.TestData.Root, "samples", "data")))
        {
            File.Copy(file, _folder[Path.Combine("samples/data", Path.GetFileName(file))]);
        }

        File.Copy(Path.Combine(TestSupport.TestData.Root, "tests", "TestData", "parquet", "faithful.parquet"), _folder["faithful.parquet"]);
        Random random = new(1);
        File.WriteAllLines(_folder["weights.txt"], Enumerable.Range(0, 272).Select(row => row % 3 == 0 ? "0.5" : "1"));
        File.WriteAllLines(
            _folder["joint.csv"],
            Enumerable.Range(0, 40).Select(_ => string.Join(',', Enumerable.Range(0, 6).Select(_ => $"{random.NextDouble():F3}"))));
        byte[] ark = Kaldi(("first", 2), ("second", 1));
        File.WriteAllBytes(_folder["feats.ark"], ark);
        File.WriteAllText(_folder["feats.scp"], $"first feats.ark:6\nsecond feats.ark:{ark.Length - (39 * sizeof(float)) - 15}\n");
    }

    /// <summary>An archive of matrices of zeros with 39 columns: key, blank, and the binary matrix of Kaldi.</summary>
    private static byte[] Kaldi(params (string Key, int Rows)[] utterances)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        foreach ((string key, int rows) in utterances)
        {
            writer.Write(Encoding.ASCII.GetBytes($"{key} \0BFM "));
            writer.Write((byte)4);
            writer.Write(rows);
            writer.Write((byte)4);
            writer.Write(39);
            writer.Write(new byte[rows * 39 * sizeof(float)]);
        }

        return stream.ToArray();
    }

    private string Run(string line)
    {
        GmmProcessResult result = GmmProcess.Run(line.Split(' ')[1..], workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, $"{line}: {result.StandardError}");
        return Encoding.UTF8.GetString(result.StandardOutput) + result.StandardError;
    }
}
