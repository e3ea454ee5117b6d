using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Covariance types, what is done to covariances, and criteria, through real processes.</summary>
[Trait("Lane", "Slow")]
public sealed class CovarianceTypeCommandTests
{
    private const int Rows = 60;

    public static TheoryData<string, string, int[], int> Types => new()
    {
        { "full", "VVV", [2, 2, 2], 11 },
        { "diag", "VVI", [2, 2], 9 },
        { "spherical", "VII", [2], 7 },
        { "tied", "EEE", [2, 2], 8 },
        { "tied-diag", "EEI", [2], 7 },
        { "tied-spherical", "EII", [1], 6 },
    };

    public static TheoryData<string, string[]> WrongValues => new()
    {
        { "--covariance banded", ["--covariance", "'banded'", "tied-spherical"] },
        { "--covariance tied --block-size 1,1", ["--block-size", "tied have no blocks"] },
        { "--shrinkage 1.5", ["--shrinkage", "'1.5'", "from 0 to 1", "oas"] },
        { "--shrinkage NaN", ["--shrinkage", "'NaN'"] },
        { "--max-condition 0.5", ["--max-condition", "'0.5'", "at least 1"] },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Train_EachType_WritesItsShapeAndItsCriteria(string type, string mclust, int[] shape, int parameters)
    {
        using TestFolder folder = Folder();
        JsonElement report = Train(folder, "m.npz", "--covariance", type, "--criteria");
        Train(folder, "same.npz", "--covariance", mclust, "--criteria");
        Assert.Equal(File.ReadAllBytes(folder["m.npz"]), File.ReadAllBytes(folder["same.npz"]));
        Assert.Equal(type, report.GetProperty("covariance").GetString());

        using JsonDocument model = JsonDocument.Parse(File.ReadAllText(Convert(folder, "m.npz", "m.json")));
        Assert.Equal(type, model.RootElement.GetProperty("covariance_type").GetString());
        Assert.Equal(type is "full" or "diag" ? 1 : 2, model.RootElement.GetProperty("format_version").GetInt32());
        Assert.Equal(shape, Shape(model.RootElement.GetProperty("covariances")));

        JsonElement criteria = report.GetProperty("criteria");
        double logLikelihood = criteria.GetProperty("logLikelihood").GetDouble();
        Assert.Equal(parameters, criteria.GetProperty("parameters").GetInt32());
        Assert.Equal((-2 * logLikelihood) + (2 * parameters), criteria.GetProperty("aic").GetDouble(), 1e-9);
        Assert.Equal((-2 * logLikelihood) + (parameters * Math.Log(Rows)), criteria.GetProperty("bic").GetDouble(), 1e-9);
        Assert.True(criteria.GetProperty("icl").GetDouble() >= criteria.GetProperty("bic").GetDouble());
    }

    [Fact]
    public void Convert_ToAnotherType_SharesOrExpandsTheCovariances()
    {
        using TestFolder folder = Folder();
        Train(folder, "m.npz", "--covariance", "tied");
        using JsonDocument full = JsonDocument.Parse(File.ReadAllText(Convert(folder, "m.npz", "full.json", "--covariance", "full")));
        JsonElement covariances = full.RootElement.GetProperty("covariances");
        Assert.Equal([2, 2, 2], Shape(covariances));
        Assert.Equal(covariances[0].GetRawText(), covariances[1].GetRawText());
        string back = Convert(folder, "full.json", "back.npz", "--covariance", "tied");
        Assert.Equal(File.ReadAllBytes(folder["m.npz"]), File.ReadAllBytes(back));
        string raw = Convert(folder, "m.npz", "m.gmm");
        Assert.Equal(sizeof(double) * 2 * (1 + 2 + 4), new FileInfo(raw).Length);
    }

    [Fact]
    public void Train_ShrinkageAndMaximumCondition_AreReported()
    {
        using TestFolder folder = Folder();
        JsonElement report = Train(folder, "m.npz", "--covariance", "full", "--shrinkage", "oas", "--max-condition", "1.01");
        string[] warnings = [.. report.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
        Assert.Contains(warnings, warning => warning.Contains("shrunk", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("condition of the covariance was limited", StringComparison.Ordinal));
        Assert.False(report.TryGetProperty("criteria", out _));
    }

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void Train_WrongValue_SaysWhatIsAllowed(string options, string[] named)
    {
        using TestFolder folder = Folder();
        Failing.Check(folder, 2, ["train", "data.csv", "-k", "2", "-o", "model.npz", .. options.Split(' ')], named);
    }

    private static TestFolder Folder()
    {
        Random random = new(1);
        TestFolder folder = new();
        folder.Write("data.csv", string.Concat(Enumerable.Range(0, Rows).Select(t => FormattableString.Invariant(
            $"{((t % 2) * 6) + random.NextDouble()},{((t % 2) * 3) + (2 * random.NextDouble())}\n"))));
        return folder;
    }

    private static JsonElement Train(TestFolder folder, string model, params string[] options)
    {
        GmmProcessResult result = GmmProcess.Run(
            ["train", folder["data.csv"], "-k", "2", "-o", folder[model], "--report", folder["r.json"], "-q", .. options]);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return JsonDocument.Parse(File.ReadAllBytes(folder["r.json"])).RootElement;
    }

    private static string Convert(TestFolder folder, string from, string to, params string[] options)
    {
        GmmProcessResult result = GmmProcess.Run(["convert", folder[from], folder[to], .. options]);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return folder[to];
    }

    private static int[] Shape(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? [array.GetArrayLength(), .. Shape(array[0])] : [];
}
