using GmmNative.TestSupport.Layering;

namespace GmmNative.Interop.Tests;

/// <summary>The folders of the project: no cycles, and one policy of names and sizes.</summary>
public class ArchitectureTests
{
    private static readonly SourceProject Project = new("GmmNative.Interop");
    private static readonly FolderGraph Graph = new(typeof(Backends).Assembly, Project.FoldersByType());

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
}
