using System.Text.Json;
using Xunit;

namespace GmmNative.Api.Tests.Json;

/// <summary>The table of a selection as JSON.</summary>
public sealed class SelectionJsonTests
{
    private static readonly double[,] Rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };

    public static TheoryData<string> Options => ["default", "web", "generated"];

    [Theory]
    [MemberData(nameof(Options))]
    public void RoundTrip_Selection_IsTheSame(string name)
    {
        JsonSerializerOptions options = name switch
        {
            "default" => JsonSerializerOptions.Default,
            "web" => JsonSerializerOptions.Web,
            _ => GmmJsonContext.Default.Options,
        };

        // The last number of components fails, so that its row has no criteria.
        ModelSelectionResult result = new ModelSelection([1, 2, 7], [CovarianceKind.Full, CovarianceKind.Tied]) { Folds = 2 }.Fit(Rows);
        Assert.NotNull(result.Rows[^1].Problem);
        string json = JsonSerializer.Serialize(result, options);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        Assert.Contains("\"Tied\"", json, StringComparison.Ordinal);
        ModelSelectionResult again = JsonSerializer.Deserialize<ModelSelectionResult>(json, options)!;
        Assert.Equal(result.Rows, again.Rows);
        Assert.Equal(result.Best, again.Best);
        Assert.Equal(result.Criterion, again.Criterion);
        Assert.Equal(result.Model?.TrainingCriteria, again.Model?.TrainingCriteria);
        Assert.Equal(result.Elapsed, again.Elapsed);
    }

    [Fact]
    public void ToString_RowsAndResult_AreOneLine()
    {
        ModelSelectionResult result = new ModelSelection([1], [CovarianceKind.Tied]).Fit(Rows);
        Assert.StartsWith("K = 1, tied: BIC ", $"{result.Rows[0]}", StringComparison.Ordinal);
        Assert.StartsWith("1 models, best by Bic: K = 1, tied", $"{result}", StringComparison.Ordinal);
        Assert.True(double.IsNaN(result.Rows[0].ValueOf(SelectionCriterion.HeldOut)));
    }
}
