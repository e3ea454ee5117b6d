using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Damage;

/// <summary>
/// A copy of the program in a separate folder, on a system whose MKL and OpenBLAS cannot be loaded.
/// </summary>
internal sealed class IsolatedProgram : IDisposable
{
    private static readonly string[] SystemNames =
        ["libmkl_rt.so", "libmkl_rt.so.1", "libmkl_rt.so.2", "libopenblas.so.0", "libopenblas.so"];

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string?> _environment;

    public IsolatedProgram()
    {
        Application = Directory.CreateDirectory(_folder["app"]).FullName;
        System = Directory.CreateDirectory(_folder["system"]).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(GmmProcess.Program)!))
        {
            string name = Path.GetFileName(file);
            bool isLibrary = name.EndsWith(".dll", StringComparison.Ordinal);
            if (name.StartsWith("gmm.", StringComparison.Ordinal) || (isLibrary && OperatingSystem.IsWindows()))
            {
                // Not by links, which need a privilege on Windows.
                File.Copy(file, Path.Combine(Application, name));
            }
            else if (isLibrary)
            {
                File.CreateSymbolicLink(Path.Combine(Application, name), file);
            }
        }

        foreach (string name in OperatingSystem.IsLinux() ? SystemNames : [])
        {
            HideFromSystem(name);
        }

        // With vectors of 256 bits or more auto would not look for a library at all, on some processors.
        _environment = new()
        {
            [OperatingSystem.IsWindows() ? "PATH" : "LD_LIBRARY_PATH"] = System,
            ["MKLROOT"] = null,
            ["GMMNATIVE_BACKEND"] = null,
            ["GMMNATIVE_BLAS_PATH"] = null,
            ["DOTNET_EnableAVX2"] = "0",
        };
    }

    /// <summary>The folder of the program.</summary>
    public string Application { get; }

    /// <summary>The folder where the system's loader looks first.</summary>
    public string System { get; }

    /// <summary>The folder beside the program that packages put native libraries into.</summary>
    public string Packages => Directory.CreateDirectory(
        Path.Combine(Application, "runtimes", OperatingSystem.IsWindows() ? "win-x64" : "linux-x64", "native")).FullName;

    /// <summary>
    /// Makes the system's library of a name one that cannot be loaded. On Linux: on Windows only <see cref="System"/> is searched.
    /// </summary>
    public void HideFromSystem(string name) =>
        File.WriteAllText(Path.Combine(System, name), "hidden from the tests' program, by a text longer than a header\n");

    /// <summary>Checks that the backend is available, and that it is used if it is requested by name.</summary>
    public void AssertComputes(string backend, string library)
    {
        GmmProcessResult survey = Run("backends", "--json");
        Assert.Equal(0, survey.ExitCode);
        var entry = Assert.Single(BackendList.Of(survey.OutputText), b => b.Name == backend);
        Assert.True(entry.Available, entry.Reason);
        Assert.Contains(library, entry.Reason, StringComparison.Ordinal);
        Assert.Equal(backend, BackendThatTrained(backend));
    }

    /// <summary>
    /// Checks that the backend is not available: the list gives the reason, auto selects managed, and a request by name ends with one line
    /// and exit code 1.
    /// </summary>
    /// <param name="backend">The name of the backend.</param>
    /// <param name="said">The texts that the list of attempts and the line must contain.</param>
    public void AssertManagedInstead(string backend, params string[] said)
    {
        GmmProcessResult survey = Run("backends");
        Assert.Equal(0, survey.ExitCode);
        Assert.Empty(survey.StandardError);
        Assert.Contains("auto picks managed: Neither MKL nor OpenBLAS is available.", survey.OutputText, StringComparison.Ordinal);
        string tried = survey.OutputText[survey.OutputText.IndexOf($"tried for {backend}:", StringComparison.Ordinal)..];
        Assert.All(said, text => Assert.Contains(text, tried, StringComparison.Ordinal));

        Assert.Equal("managed", BackendThatTrained("auto"));

        string model = _folder["refused.npz"];
        GmmProcessResult refused = Run("train", TestData.Faithful, "-k", "1", "-o", model, "--backend", backend);
        Assert.Equal(1, refused.ExitCode);
        string line = Assert.Single(refused.ErrorLines);
        Assert.StartsWith("gmm: ", line, StringComparison.Ordinal);
        Assert.Contains("is not available", line, StringComparison.Ordinal);
        Assert.Empty(refused.OutputText);
        Assert.False(File.Exists(model));
    }

    public void Dispose() => _folder.Dispose();

    private string? BackendThatTrained(string backend)
    {
        string report = _folder["report.json"];
        GmmProcessResult result = Run(
            "train", TestData.Faithful, "-k", "2", "-q", "-o", _folder["model.npz"], "--report", report, "--backend", backend);
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}: {result.StandardError}");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(report));
        return document.RootElement.GetProperty("backend").GetString();
    }

    private GmmProcessResult Run(params string[] arguments) =>
        GmmProcess.Run(arguments, environment: _environment, workingDirectory: _folder.Root, programFolder: Application);
}
