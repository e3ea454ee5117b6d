using GmmNative.TestSupport.Layering;
using Xunit;

namespace GmmNative.Plots.Tests;

/// <summary>The folders of the project: the geometry needs no drawing, and one policy of names and sizes.</summary>
public class ArchitectureTests
{
    private static readonly SourceProject Project = new("GmmNative.Plots");
    private static readonly FolderGraph Graph = new(typeof(MixturePlot).Assembly, Project.FoldersByType());

    [Fact]
    public void Folders_HaveNoCycles() => Assert.Empty(Graph.Cycles());

    [Fact]
    public void Geometry_RefersToNoDrawing() =>
        Assert.DoesNotContain(Graph.Arrows, arrow => arrow.From == "Geometry" && arrow.To != "Options");

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
}
