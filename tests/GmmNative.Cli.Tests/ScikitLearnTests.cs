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

    /// <summary>
    /// scikit-learn's tests that need as many processes as iterations, hundreds of them. test_gmmnative.py tests warm starts with few.
    /// </summary>
    private const string ManyProcesses = "test_warm_start or test_monotonic_likelihood";

    [Fact]
    public async Task SampleAndPage_PassTheirTests() => await Run(70, [], "test_gmmnative.py");

    [Fact]
    public async Task ScikitLearnsOwnTests_PassOnTheSampleClass() => await Run(
        45, new() { ["GMMNATIVE_IN_PLACE_OF_SKLEARN"] = "1" }, "-p", "conftest", "-k", $"not ({ManyProcesses})",
        "--pyargs", "sklearn.mixture.tests.test_gaussian_mixture", "sklearn.mixture.tests.test_mixture");

    /// <summary>Runs pytest, which must pass at least a number of tests and fail none.</summary>
    private static async Task Run(int minimum, Dictionary<string, string> environment, params string[] arguments)
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
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

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
