using GmmNative.TestSupport.Layering;
using Xunit;

namespace GmmNative.ML.Tests;

/// <summary>The folders of the package.</summary>
public sealed class LayeringTests
{
    private static readonly SourceProject Project = new("GmmNative.ML");
    private static readonly FolderGraph Graph = new(typeof(GaussianMixtureTransformer).Assembly, Project.FoldersByType());

    [Fact]
    public void Sources_KeepTheRules()
    {
        Assert.Empty(Project.SharedNames());
        Assert.Empty(Project.WrongNamespaces());
        Assert.Empty(Project.TooLarge());
    }

    /// <summary>Only these folders use internal members of ML.NET: see build/OpenInternals.targets.</summary>
    [Fact]
    public void Rows_ReferOnlyToSchemas() =>
        Assert.All(Graph.Arrows.Where(arrow => arrow.From == "Rows"), arrow => Assert.Equal("Schema", arrow.To));
}
