using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests;

/// <summary>The text that a debugger and an interpolated string show.</summary>
public sealed class TextTests
{
    [Fact]
    public void ToString_Model_HasKDAndKind()
    {
        Assert.Equal("K = 2, D = 3, full", Samples.Model.ToString());
        Assert.Equal("K = 2, D = 2, full", $"{Samples.Model.Marginal(2)}");
    }

    [Fact]
    public void ToString_Result_IsOneLine()
    {
        string text = Samples.Result.ToString();
        Assert.StartsWith("K = 2, D = 3, full: ", text, StringComparison.Ordinal);
        Assert.EndsWith(
            $" nats per row, {Samples.Result.History.Count} iterations, {Samples.Result.StopReason}", text, StringComparison.Ordinal);
    }
}
