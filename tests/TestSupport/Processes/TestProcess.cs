using System.Diagnostics;
using System.Reflection;

namespace GmmNative.TestSupport;

/// <summary>Runs classes of this test program once more, in a child process.</summary>
public static class TestProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs test classes in a child process of other environment variables.</summary>
    /// <param name="environment">The variables to set in the child; it has all others from this process.</param>
    /// <param name="testClasses">The classes to run.</param>
    /// <returns>The exit code, 0 when all tests passed, and everything the child wrote.</returns>
    /// <exception cref="TimeoutException">The child did not end; it has been stopped.</exception>
    public static (int ExitCode, string Output) Run(IReadOnlyDictionary<string, string> environment, params IReadOnlyList<Type> testClasses)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(testClasses);
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no file.");
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        // The options of xunit's own runner, which is what a test program runs when nobody drives it.
        start.ArgumentList.Add("-noColor");
        foreach (Type type in testClasses)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }

        // The child is an independent test run: it does not report to the runner of this process, and need not cover every backend.
        start.Environment.Remove(TestBackends.RequireVariable);
        foreach (string name in start.Environment.Keys.Where(IsOfTestPlatform).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start) ?? throw new InvalidOperationException($"'{host}' did not start.");
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            throw new TimeoutException($"The child process did not end within {Patience}.");
        }

        return (child.ExitCode, output.Result + errors.Result);
    }

    private static bool IsOfTestPlatform(string name) => name.StartsWith("TESTINGPLATFORM_", StringComparison.OrdinalIgnoreCase);
}
