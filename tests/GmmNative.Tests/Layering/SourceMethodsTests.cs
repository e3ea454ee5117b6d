using GmmNative.TestSupport.Layering;
using Xunit;

namespace GmmNative.Tests.Layering;

/// <summary>The rule that a long method gives its reason, on sources made for it.</summary>
public class SourceMethodsTests
{
    [Theory]
    [InlineData(60, null, 0)]
    [InlineData(61, null, 1)]
    [InlineData(61, "    /// <summary>What it does.</summary>", 1)]
    [InlineData(61, "    // Each row is a local of its own.", 0)]
    public void TooLong_MethodOfSomeLines_IsReportedWithoutAReason(int length, string? above, int expected)
    {
        List<string> lines = ["internal sealed class Sample", "{", "    private int _field;", string.Empty];
        if (above is not null)
        {
            lines.Add(above);
        }

        lines.AddRange(["    [Attribute]", "    public static void Run(", "        int argument)", "    {"]);
        lines.AddRange(Enumerable.Repeat("        argument++;", length - 4));
        lines.AddRange(["    }", "}"]);
        int line = lines.IndexOf("    public static void Run(") + 1;
        Assert.Equal(Enumerable.Repeat((line, length), expected), SourceMethods.TooLong([.. lines]));
    }
}
