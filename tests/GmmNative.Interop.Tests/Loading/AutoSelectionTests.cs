using GmmNative.Interop.Loading;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

public sealed class AutoSelectionTests
{
    private static readonly ProcessorTraits Wide = new(VectorBits: 512, IsAmd: false);
    private static readonly ProcessorTraits WideAmd = new(VectorBits: 256, IsAmd: true);
    private static readonly ProcessorTraits Amd = new(VectorBits: 128, IsAmd: true);
    private static readonly ProcessorTraits Intel = new(VectorBits: 256, IsAmd: false);

    [Fact]
    public void Preference_EachProcessor_IsTheDocumentedOrder()
    {
        Assert.Equal([BackendKind.Managed], AutoPolicy.Preference(Wide));
        Assert.Equal([BackendKind.Managed], AutoPolicy.Preference(WideAmd));
        Assert.Equal([BackendKind.OpenBlas, BackendKind.Mkl, BackendKind.Managed], AutoPolicy.Preference(Amd));
        Assert.Equal([BackendKind.Mkl, BackendKind.OpenBlas, BackendKind.Managed], AutoPolicy.Preference(Intel));
    }

    [Fact]
    public void SelectAutomatically_WideVectors_LooksForNoLibrary()
    {
        BackendSelection selection = Backends.SelectAutomatically(BackendSearch.Default with { Environment = _ => null }, Wide);
        Assert.Same(Backends.Managed, selection.Backend);
        Assert.Empty(selection.Report.Attempts);
        Assert.Contains("512-bit", selection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SelectAutomatically_NoLibrary_FallsBackToManagedAndSaysWhy()
    {
        using var folder = new LibraryFolder();
        BackendSelection selection = Backends.SelectAutomatically(folder.Search, Intel);
        Assert.Same(Backends.Managed, selection.Backend);
        Assert.Equal("Neither MKL nor OpenBLAS is available.", selection.Reason);
        Assert.Contains(selection.Report.Attempts, attempt => attempt.Kind == BackendKind.Mkl);
        Assert.Contains(selection.Report.Attempts, attempt => attempt.Kind == BackendKind.OpenBlas);
    }

    [Fact]
    public void SelectAutomatically_LibrariesThere_TakesTheFirstOfTheOrder()
    {
        BackendSearch search = BackendSearch.Default with { Environment = _ => null };
        foreach (ProcessorTraits processor in (ProcessorTraits[])[Amd, Intel])
        {
            BackendKind expected = AutoPolicy.Preference(processor).First(kind => IsAvailable(kind, search));
            Assert.Equal(expected, Backends.SelectAutomatically(search, processor).Backend.Kind);
        }
    }

    [Fact]
    public void SelectAutomatically_EnvironmentNamesManaged_TakesIt()
    {
        using var folder = new LibraryFolder();
        BackendSelection selection = Backends.SelectAutomatically(folder.Set("GMMNATIVE_BACKEND", " Managed ").Search, Intel);
        Assert.Same(Backends.Managed, selection.Backend);
        Assert.Equal("GMMNATIVE_BACKEND names it.", selection.Reason);
        Assert.False(selection.IsFallback);
        Assert.Empty(selection.Report.Attempts);
    }

    [Fact]
    public void SelectAutomatically_EnvironmentNamesAvailableLibrary_TakesIt()
    {
        foreach (BackendKind kind in TestBackends.Kinds)
        {
            BackendSearch search = BackendSearch.Default with
            {
                Environment = name => name == "GMMNATIVE_BACKEND" ? BackendNames.NameOf(kind) : Environment.GetEnvironmentVariable(name),
            };
            Assert.Equal(kind, Backends.SelectAutomatically(search, Wide).Backend.Kind);
        }
    }

    [Theory]
    [InlineData("mkl", "MKL is not available")]
    [InlineData("openblas", "OpenBLAS is not available")]
    public void SelectAutomatically_EnvironmentNamesMissingLibrary_FallsBackAndSaysWhy(string name, string expected)
    {
        using var folder = new LibraryFolder();
        foreach (ProcessorTraits processor in (ProcessorTraits[])[Wide, Intel])
        {
            BackendSelection selection = Backends.SelectAutomatically(folder.Set("GMMNATIVE_BACKEND", name).Search, processor);
            Assert.True(selection.IsFallback);
            Assert.Same(Backends.Managed, selection.Backend);
            Assert.StartsWith($"GMMNATIVE_BACKEND names {name}, but {expected}", selection.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', selection.Reason);
            Assert.Equal(selection.Report.Attempts.Distinct(), selection.Report.Attempts);
        }
    }

    [Fact]
    public void Select_EnvironmentNamesNoBackend_ThrowsNamingVariableAndNames()
    {
        using var folder = new LibraryFolder();
        folder.Set("GMMNATIVE_BACKEND", "cublas");
        ArgumentException error = Assert.Throws<ArgumentException>(() => Backends.Select(BackendKind.Auto, folder.Search));
        Assert.Equal(
            "The environment variable GMMNATIVE_BACKEND is 'cublas', which is not a backend: set it to one of auto, managed, mkl, "
            + "openblas, or unset it.",
            error.Message);
        Assert.Throws<ArgumentException>(() => Backends.Survey(folder.Search));
    }

    [Fact]
    public void Select_ByName_DoesNotReadTheEnvironmentsChoice()
    {
        using var folder = new LibraryFolder();
        Assert.Same(Backends.Managed, Backends.Select(BackendKind.Managed, folder.Set("GMMNATIVE_BACKEND", "cublas").Search).Backend);
    }

    [Fact]
    public void Select_UndefinedKind_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Backends.Select((BackendKind)9));

    private static bool IsAvailable(BackendKind kind, BackendSearch search) =>
        Backends.Survey(search).Entries.Single(entry => entry.Kind == kind).Backend is not null;
}
