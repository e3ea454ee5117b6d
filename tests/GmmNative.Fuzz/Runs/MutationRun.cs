using System.Diagnostics;
using System.Security.Cryptography;
using GmmNative.TestSupport;

namespace GmmNative.Fuzz;

/// <summary>Mutates the corpus of each reader for some time and reads what comes of it.</summary>
internal static class MutationRun
{
    /// <summary>The maximum number of files kept per kind of problem; more files give no new information.</summary>
    private const int MostFindings = 20;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<ReaderTarget> targets, TimeSpan timeEach, int seed, string findings)
    {
        using TemporaryFolder folder = new();
        bool good = true;
        foreach (ReaderTarget target in targets)
        {
            Figures figures = Run(target, timeEach, seed, folder, findings);
            Console.WriteLine(figures);
            good &= figures.Findings == 0;
        }

        return good ? 0 : 1;
    }

    private static Figures Run(ReaderTarget target, TimeSpan time, int seed, TemporaryFolder folder, string findings)
    {
        Figures figures = new(target.Name);
        Corpus corpus = Corpus.Of(target);
        IMutator mutator = Mutators.For(target);
        Random random = new(seed);
        string[] paths = [.. target.Extensions.Select(extension => folder.PathOf("x" + extension))];
        using Watchdog watchdog = new(bytes => Keep(findings, target, "hang", bytes, "It was still being read after a minute."));
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < time && figures.Findings < MostFindings)
        {
            byte[] bytes = mutator.Mutate(corpus, random);
            watchdog.Watch(bytes);
            foreach (string path in paths)
            {
                File.WriteAllBytes(path, bytes);
                foreach (Func<string, ReadResult> read in target.Reads)
                {
                    ReadTrial trial = ReadTrial.Run(path, read);
                    figures.Add(trial);
                    if (trial.Problem is not null)
                    {
                        figures.Findings++;
                        Keep(findings, target, trial.ProblemKind!, bytes, trial.Problem);
                    }
                }
            }
        }

        return figures;
    }

    private static void Keep(string folder, ReaderTarget target, string kind, byte[] bytes, string problem)
    {
        Directory.CreateDirectory(folder);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        string path = Path.Combine(folder, $"{target.Name}-{kind}-{hash}{target.Extensions[0]}");
        File.WriteAllBytes(path, bytes);
        Console.WriteLine($"{path}: {problem}");
    }
}
