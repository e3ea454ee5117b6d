using System.Text.Json;
using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>The reference cases through a program gmm, on every backend that is there, and managed under narrower vectors.</summary>
internal static class ReferenceRun
{
    /// <summary>Case, backend, and the setting of .NET that switches vectors off, if any.</summary>
    public static TheoryData<string, BackendKind, string?> Cases
    {
        get
        {
            TheoryData<string, BackendKind, string?> data = [];
            foreach (EmCase c in EmCase.All)
            {
                foreach (BackendKind backend in TestBackends.Kinds)
                {
                    data.Add(c.ToString(), backend, null);
                }

                data.Add(c.ToString(), BackendKind.Managed, "DOTNET_EnableAVX512");
                data.Add(c.ToString(), BackendKind.Managed, "DOTNET_EnableAVX2");
            }

            return data;
        }
    }

    /// <summary>Trains, and scores where the case has answers for that; all has to be as SPTK answered.</summary>
    public static void AssertAgrees(string program, string name, BackendKind backend, string? switchedOff)
    {
        using TestFolder folder = new();
        EmCase c = EmCase.Find(name);
        GaussianMixture model = c.Start(c.Vectors(c.Train).Dimension);
        ModelFile.Save(model, folder["start.npz"]);
        string[] structure = ["--covariance", model.Structure.KindName, "--block-size", string.Join(',', c.BlockSizes)];
        string[] computing = ["--backend", BackendNames.NameOf(backend), "-q"];
        string[] start = c.Ubm is null ? ["--init", folder["start.npz"]] : ["--ubm", folder["start.npz"], "--alpha", $"{c.Alpha}"];
        Run(program, switchedOff, [
            "train", c.PathOf(c.Train), "-o", folder["model.npz"], "--report", folder["report.json"], "--iterations", $"{c.Iterations}",
            "--tolerance", "0", "--weight-floor", $"{EmCase.WeightFloor}", "--variance-floor", $"{EmCase.VarianceFloor}", .. start,
            .. structure, .. computing]);

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(folder["report.json"]));
        Assert.Equal(BackendNames.NameOf(backend), report.RootElement.GetProperty("backend").GetString());
        Assert.Empty(c.Deviations(ModelFile.Load(folder["model.npz"]), report.RootElement.GetProperty("totalLogLikelihood").GetDouble()));
        if (c.RegressionInputs > 0)
        {
            Run(program, switchedOff, ["score", folder["model.npz"], c.PathOf("x_test.npy"), "-o", folder["densities.npy"], .. computing]);
            Assert.Empty(
                c.Deviations("log-densities", c.Arrays["log_prob_test"], NumpyArchive.LoadArray(folder["densities.npy"]).Values, 1));
        }
    }

    /// <summary>Runs the program, which has to succeed.</summary>
    /// <returns>Standard output.</returns>
    public static string Run(string program, string? switchedOff, params string[] arguments)
    {
        Dictionary<string, string?> environment = switchedOff is null ? [] : new() { [switchedOff] = "0" };
        (int exitCode, string output, string error) = Command.Run(program, arguments, Path.GetTempPath(), environment);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}{error}");
        return output;
    }
}
