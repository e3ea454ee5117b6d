using GmmNative.TestSupport;

namespace GmmNative.Fuzz;

/// <summary>Reads given files once.</summary>
internal static class Replay
{
    /// <summary>Reads each file in all ways and reports what came of it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(ReaderTarget target, string[] files)
    {
        using TemporaryFolder folder = new();
        bool good = true;
        foreach (string file in files)
        {
            foreach (string extension in target.Extensions)
            {
                string path = folder.PathOf("x" + extension);
                File.Copy(file, path, overwrite: true);
                foreach (Func<string, ReadResult> read in target.Reads)
                {
                    ReadTrial trial = ReadTrial.Run(path, read);
                    good &= trial.Problem is null;
                    string outcome = trial.Problem ?? (trial.IsRead ? "read" : "refused");
                    Console.WriteLine(
                        $"{file} as {extension}: {outcome}, {1000 * trial.Seconds:F1} ms, {trial.AllocatedBytes} bytes allocated");
                }
            }
        }

        return good ? 0 : 1;
    }
}
