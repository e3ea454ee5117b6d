using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>A project that has nothing but the packages restores, builds, trains and scores.</summary>
public sealed class ConsumerTests(PackageWorkshop workshop)
{
    [Fact]
    public void Program_WithGmmNativeAlone_ComputesInManagedArithmetic()
    {
        ScratchProject project = new(workshop, "managed alone");
        Dictionary<string, string> told = project.Run(project.Publish(flat: false), "managed");
        Assert.Equal("", told["library"]);
        Assert.StartsWith("managed ", told["description"], StringComparison.Ordinal);
    }

    [Theory]
    [Trait(SelfContainedLibraries.Requires, SelfContainedLibraries.Trait)]
    [InlineData(false)]
    [InlineData(true)]
    public void Program_WithRuntimePackage_ComputesOnItsLibrary(bool flat)
    {
        Assert.True(File.Exists(workshop.RuntimePackage));
        ScratchProject project = new(workshop, $"runtime {flat}", "GmmNative.Runtime.linux-x64");
        string application = project.Publish(flat);
        string library = Path.Combine(ScratchProject.NativeFolder(application, flat), "libgmmnative_blas.so");

        BackendKind kind = SelfContainedLibraries.Kinds[0];
        Dictionary<string, string> told = project.Run(application, BackendNames.NameOf(kind));

        Assert.Equal(library, told["library"]);
        Assert.Contains("self-contained GmmNative BLAS", told["description"], StringComparison.Ordinal);
        Assert.StartsWith($"It was found as {library} (application): ", told["reason"], StringComparison.Ordinal);
    }
}
