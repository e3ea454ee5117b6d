using GmmNative.TestSupport;
using SharpFuzz;

namespace GmmNative.Fuzz;

/// <summary>Serves a coverage-guided fuzzer: it sends bytes, and an exception that no reader may throw counts as a crash.</summary>
internal static class CoverageRun
{
    /// <summary>Runs until the fuzzer ends.</summary>
    public static int Run(ReaderTarget target, bool libFuzzer)
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. target.Extensions.Select(extension => folder.PathOf("x" + extension))];
        if (libFuzzer)
        {
            Fuzzer.LibFuzzer.Run(bytes => Read(target, paths, bytes.ToArray()));
        }
        else
        {
            Fuzzer.OutOfProcess.Run(stream =>
            {
                using MemoryStream bytes = new();
                stream.CopyTo(bytes);
                Read(target, paths, bytes.ToArray());
            });
        }

        return 0;
    }

    private static void Read(ReaderTarget target, string[] paths, byte[] bytes)
    {
        foreach (string path in paths)
        {
            File.WriteAllBytes(path, bytes);
            foreach (Func<string, ReadResult> read in target.Reads)
            {
                ReadTrial trial = ReadTrial.Run(path, read);
                if (trial.Problem is not null)
                {
                    throw new InvalidOperationException($"{trial.ProblemKind}: {trial.Problem}");
                }
            }
        }
    }
}
