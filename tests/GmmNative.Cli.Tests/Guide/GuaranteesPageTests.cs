using System.Text.RegularExpressions;
using Xunit;

namespace GmmNative.Cli.Tests.Guide;

/// <summary>The page about numerical guarantees names tests that exist.</summary>
public sealed partial class GuaranteesPageTests
{
    [Fact]
    public void Page_TestClasses_Exist()
    {
        string root = TestSupport.TestData.Root;
        HashSet<string> files = [.. Directory.EnumerateFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        string[] named = [.. TestClass().Matches(File.ReadAllText(Path.Combine(root, "docs", "guarantees.md")))
            .Select(match => match.Groups[1].Value).Distinct()];
        Assert.True(named.Length > 30, $"{named.Length} classes");
        Assert.All(named, name => Assert.Contains(name, files));
    }

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)`")]
    private static partial Regex TestClass();
}
