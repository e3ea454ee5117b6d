using GmmNative.TestSupport.Layering;
using Xunit;

namespace GmmNative.Tests.Layering;

/// <summary>The folders of the library: what may refer to what. <c>docs/design.md</c> has the picture.</summary>
public class ArchitectureTests
{
    private static readonly SourceProject Project = new("GmmNative");
    private static readonly FolderGraph Graph = new(typeof(GaussianMixture).Assembly, Project.FoldersByType());

    /// <summary>The folders that each folder may refer to.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Errors"] = [],
        ["Serialization"] = [],
        ["Data"] = ["Errors"],
        ["Execution"] = ["Errors"],
        ["Model"] = ["Data", "Errors"],
        ["Files"] = ["Model", "Data", "Errors"],
        ["Passes"] = ["Data", "Model", "Execution", "Errors"],
        ["Expectation"] = ["Passes", "Data", "Model", "Execution", "Errors"],
        ["Scoring"] = ["Expectation", "Passes", "Data", "Model", "Execution", "Errors"],
        ["Inference"] = ["Scoring", "Expectation", "Passes", "Data", "Model", "Execution", "Errors"],
        ["Statistics"] = ["Expectation", "Passes", "Data", "Model", "Execution", "Errors"],
        ["Maximization"] = ["Statistics", "Expectation", "Passes", "Data", "Model", "Execution", "Errors"],
        ["Reporting"] = ["Model", "Errors"],
        ["Initialization"] =
            ["Maximization", "Statistics", "Scoring", "Reporting", "Expectation", "Passes", "Data", "Model", "Execution", "Errors"],
        ["Estimation"] =
        [
            "Initialization", "Maximization", "Statistics", "Scoring", "Reporting", "Expectation", "Passes", "Data", "Model", "Execution",
            "Errors",
        ],
    };

    [Fact]
    public void Folders_ReferOnlyToWhatTheyMay() => Assert.Empty(Graph.Arrows
        .Where(arrow => FolderGraph.TopOf(arrow.From) != FolderGraph.TopOf(arrow.To))
        .Where(arrow => !Allowed.TryGetValue(FolderGraph.TopOf(arrow.From), out string[]? targets)
            || !targets.Contains(FolderGraph.TopOf(arrow.To)))
        .Select(arrow => $"{arrow.From} -> {arrow.To} ({arrow.Example})"));

    [Fact]
    public void Folders_HaveNoCycles() => Assert.Empty(Graph.Cycles());

    [Fact]
    public void Types_HaveAFileOfTheirName()
    {
        Assert.Empty(Project.SharedNames());
        Assert.Empty(Graph.Homeless);
    }

    [Fact]
    public void Namespaces_AreTheRootForPublicTypesAndTheFolderForOthers() => Assert.Empty(Project.WrongNamespaces());

    [Fact]
    public void Sources_KeepTheirLimits() => Assert.Empty(Project.TooLarge());

    [Fact]
    public void Graph_KnownReferenceInABody_IsSeen() =>
        Assert.Contains(Graph.Arrows, arrow => arrow.From == "Scoring" && arrow.To == "Expectation");
}
