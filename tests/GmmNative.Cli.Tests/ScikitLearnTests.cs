using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>
/// Models that move between gmm and scikit-learn, and the Python class over <c>gmm</c>, by Debian's scikit-learn and pytest.
/// </summary>
[Trait("Lane", "Slow")]
[Trait(SelfContainedLibraries.Requires, "ScikitLearn")]
[SupportedOSPlatform("linux")]
public sealed partial class ScikitLearnTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task SampleAndPage_PassTheirTests() => await Run(70, "test_gmmnative.py");

    /// <summary>Runs pytest, which must pass at least a number of tests and fail none.</summary>
    private static async Task Run(int minimum, params string[] arguments)
    {
        using TestFolder folder = new();
        string program = folder.Write("gmm", $"#!/bin/sh\nexec {Command} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ProcessStartInfo start = new(Python, ["-m", "pytest", "-q", "-p", "no:cacheprovider", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(GmmNative.TestSupport.TestData.Root, "tests", "scikit-learn"),
        };
        start.Environment["GMM_PROGRAM"] = program;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string all = $"{output}\n{await error}";
        Assert.True(process.ExitCode == 0, all);
        Match passed = Passed().Match(output);
        Assert.True(passed.Success && int.Parse(passed.Groups[1].Value, null) >= minimum, all);
    }

    private static string Command => GmmProcess.Program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        ? $"dotnet '{GmmProcess.Program}'"
        : $"'{GmmProcess.Program}'";

    [GeneratedRegex(@"(\d+) passed")]
    private static partial Regex Passed();
}
