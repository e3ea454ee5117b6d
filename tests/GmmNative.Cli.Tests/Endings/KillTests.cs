using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Processes that are killed while they write: the file is the old one or the new one, and the next write clears up.</summary>
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class KillTests : IDisposable
{
    private const int Kills = 60;
    private const int Components = 4;
    private const int Dimension = 400;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Convert_KilledWhileItWrites_LeavesAWholeFileAndNoTrace()
    {
        Directory.CreateDirectory(_folder["out"]);
        ModelFile.Save(Large(seed: 1), _folder["new.npz"]);
        string old = _folder.Write("out/model.json", "the old file");
        Random random = new(2);
        int left = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using GmmProcess process = GmmProcess.Start(["convert", _folder["new.npz"], old]);
            WaitForWriting(process);
            process.EndsWithin(TimeSpan.FromMilliseconds(random.Next(200)));
            process.Kill();
            process.WaitForExit();
            string[] files = [.. Directory.GetFiles(_folder["out"]).Where(path => path != old)];
            Assert.InRange(files.Length, 0, 1);
            left += files.Length;
            if (File.ReadAllText(old) != "the old file")
            {
                Assert.Equal(Components, ModelFile.Load(old).ComponentCount);
                File.WriteAllText(old, "the old file");
            }
        }

        Assert.InRange(left, 1, Kills);
        Assert.Equal(0, GmmProcess.Run("convert", _folder["new.npz"], old).ExitCode);
        Assert.Equal([old], Directory.GetFiles(_folder["out"]));
    }

    private void WaitForWriting(GmmProcess process)
    {
        // What an earlier process left does not grow; an empty file is the question whether one could be written.
        HashSet<string> before = [.. Directory.GetFiles(_folder["out"], ".gmm-*")];
        while (!process.EndsWithin(TimeSpan.FromMilliseconds(2)))
        {
            FileInfo[] now = new DirectoryInfo(_folder["out"]).GetFiles(".gmm-*");
            if (now.Any(file => !before.Contains(file.FullName) && file is { Exists: true, Length: > 0 }))
            {
                return;
            }
        }
    }

    private static GaussianMixture Large(int seed)
    {
        Random random = new(seed);
        double[] covariances = new double[Components * Dimension * Dimension];
        for (int k = 0; k < Components; k++)
        {
            for (int i = 0; i < Dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double value = i == j ? 1 : (random.NextDouble() - 0.5) / Dimension;
                    covariances[(((k * Dimension) + i) * Dimension) + j] = value;
                    covariances[(((k * Dimension) + j) * Dimension) + i] = value;
                }
            }
        }

        return new GaussianMixture(
            new CovarianceStructure(CovarianceKind.Full, Dimension), [.. Enumerable.Repeat(1.0 / Components, Components)],
            new double[Components * Dimension], covariances);
    }
}
