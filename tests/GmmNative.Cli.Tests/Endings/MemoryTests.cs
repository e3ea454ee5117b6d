using System.Globalization;
using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Too little memory: reported in one line before any work, with the amount that is needed.</summary>
[Trait("Lane", "Slow")]
public sealed partial class MemoryTests : IDisposable
{
    private const string Limit = "DOTNET_GCHeapHardLimit";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3000, 300, "-k 8 --covariance full --init random --threads 2")]
    [InlineData(3000, 100, "-k 3000 --init random --threads 2")]
    [InlineData(3000, 1000, "-k 1 --covariance full --init random --threads 1")]
    public void Train_LittleMemory_SaysHowMuchIsNeededAndDoesWithThat(int rows, int dimension, string options)
    {
        byte[] values = new byte[rows * dimension];
        new Random(1).NextBytes(values);
        _folder.Write("data.npy", TestData.Npy("|u1", $"({rows}, {dimension})", values));
        string[] arguments =
        [
            "train", "data.npy", .. options.Split(' '), "--iterations", "3", "--tolerance", "0", "--backend", "managed", "-q", "-o",
            "model.npz",
        ];

        GmmProcessResult refused = Run(arguments, 45_000_000);
        string line = Assert.Single(refused.ErrorLines);
        Assert.Equal(1, refused.ExitCode);
        Assert.False(File.Exists(_folder["model.npz"]));
        double needed = 1e9 * double.Parse(NeededPattern().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

        // Printed to 10 MB.
        GmmProcessResult enough = Run(arguments, (long)(1.03 * needed) + 10_000_000);
        Assert.Equal("", enough.StandardError);
        Assert.Equal(0, enough.ExitCode);
        Assert.True(File.Exists(_folder["model.npz"]));
    }

    [Fact]
    public void Train_DataDoNotFitIntoMemory_SaysSoInOneLine()
    {
        _folder.Write("data.csv", string.Concat(Enumerable.Repeat("1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5\n", 600_000)));
        GmmProcessResult result = Run(["train", "data.csv", "-k", "2", "-o", "model.npz", "-q"], 30_000_000);
        Assert.Contains("not enough memory", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(_folder["model.npz"]));
    }

    private GmmProcessResult Run(string[] arguments, long heap) => GmmProcess.Run(
        arguments,
        environment: new Dictionary<string, string?> { [Limit] = string.Create(CultureInfo.InvariantCulture, $"0x{heap:X}") },
        workingDirectory: _folder.Root);

    [GeneratedRegex(@"about ([0-9.]+) GB")]
    private static partial Regex NeededPattern();
}
