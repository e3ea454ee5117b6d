using System.Diagnostics;

namespace GmmNative.TestSupport;

/// <summary>
/// Runs scripts of the shell in which <c>gmm</c> is the program under test: for what only a shell can do with its streams and limits. In
/// the background it is <c>gmm_process</c>, so that <c>$!</c> is the program and no shell around it. Not on Windows.
/// </summary>
public static class GmmShell
{
    /// <summary>Runs a script to its end; standard input is empty.</summary>
    /// <param name="script">The script, for <c>sh</c>.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    public static GmmProcessResult Run(string script, string workingDirectory)
    {
        using Process shell = Start(script, workingDirectory);
        Task<string> error = shell.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        Task copy = shell.StandardOutput.BaseStream.CopyToAsync(output);
        if (!shell.WaitForExit(GmmProcess.Timeout))
        {
            shell.Kill(entireProcessTree: true);
            throw new TimeoutException($"The script did not end within {GmmProcess.Timeout}: {script}");
        }

        copy.GetAwaiter().GetResult();
        return new GmmProcessResult(shell.ExitCode, output.ToArray(), error.GetAwaiter().GetResult());
    }

    private static Process Start(string script, string workingDirectory)
    {
        string program = GmmProcess.Program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? $"dotnet '{GmmProcess.Program}'"
            : $"'{GmmProcess.Program}'";
        ProcessStartInfo start = new("sh")
        {
            ArgumentList = { "-c", $"gmm() {{ {program} \"$@\"; }}\ngmm_process() {{ exec {program} \"$@\"; }}\n{script}" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        start.Environment.Remove("GMMNATIVE_DEBUG");
        Process shell = Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
        shell.StandardInput.Close();
        return shell;
    }
}
