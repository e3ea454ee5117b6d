using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Guide;

/// <summary>
/// The pages for users of scikit-learn, SPTK and diffsptk: their options exist, and both sides of an example have equal numbers.
/// </summary>
[Trait("Lane", "Slow")]
public sealed partial class MigrationPageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ScikitLearn_Example_HasTheNumbersOfScikitLearn()
    {
        string page = Page("from-scikit-learn.md");
        Match theirs = Printed().Match(page);
        Assert.True(theirs.Success);
        string output = Run(page.Split('\n').Single(line => line.Contains("--preset scikit-learn --tolerance", StringComparison.Ordinal)));
        Assert.Contains($"average log-likelihood {theirs.Groups[1].Value} nats", output, StringComparison.Ordinal);
        Assert.Contains($"AIC {theirs.Groups[3].Value}, BIC {theirs.Groups[2].Value},", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sptk_Example_HasTheNumbersOfSptk()
    {
        string page = Page("from-sptk.md");
        Run(page.Split('\n').Single(line => line.StartsWith("gmm train ", StringComparison.Ordinal)));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(_folder["training.json"]));
        double[] ours =
        [
            .. report.RootElement.GetProperty("history").EnumerateArray()
                .Select(iteration => iteration.GetProperty("averageLogLikelihood").GetDouble()),
        ];
        double[] theirs =
        [
            .. AverageLogProbability().Matches(page).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(5, theirs.Length);
        Assert.Equal(theirs.Length, ours.Length);

        // SPTK prints five decimals and reads the rows as 32-bit numbers.
        Assert.All(theirs.Zip(ours, (expected, actual) => Math.Abs(expected - actual)), error => Assert.InRange(error, 0, 1e-5));
    }

    [Theory]
    [InlineData("from-scikit-learn.md", 15)]
    [InlineData("from-sptk.md", 20)]
    public void Options_Exist(string name, int minimum)
    {
        string[] commands = ["train", "score", "transform"];
        string help = string.Concat(
            commands.Select(command => Encoding.UTF8.GetString(GmmProcess.Run([command, "--help"]).StandardOutput)));
        string[] options = [.. Option().Matches(Page(name)).Select(match => match.Value).Distinct()];
        Assert.True(options.Length >= minimum, $"{options.Length} options");
        Assert.All(options, option => Assert.Matches($@"{option}\s", help));
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(TestSupport.TestData.Root, "docs", name));

    private string Run(string command)
    {
        string[] arguments = command.Replace("samples/data/faithful.csv", TestData.Faithful, StringComparison.Ordinal).Split(' ')[1..];
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, $"{command}: {result.StandardError}");
        return Encoding.UTF8.GetString(result.StandardOutput) + result.StandardError;
    }

    [GeneratedRegex(@"prints `(-[\d.]+) nats, BIC ([\d.]+), AIC ([\d.]+)`")]
    private static partial Regex Printed();

    [GeneratedRegex(@"ave_logprob = (-[\d.]+)")]
    private static partial Regex AverageLogProbability();

    [GeneratedRegex(@"(?<=[\s`])--[a-z][a-z-]+")]
    private static partial Regex Option();
}
