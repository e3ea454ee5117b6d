using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

public sealed class SearchOrderTests
{
    [Fact]
    public void For_EverySource_TriesThemInOrder()
    {
        using var folder = new LibraryFolder();
        NativeProduct mkl = NativeProduct.Of(BackendKind.Mkl);
        string first = folder.PathOf("first", "any.name");
        File.WriteAllText(first, "");
        string second = folder.PathOf("second", "x");
        string root = folder.PathOf("root", OperatingSystem.IsWindows() ? "bin" : "lib", "x");
        folder.PathOf("runtimes", "test-x64", "native", "x");
        folder.Set("GMMNATIVE_BLAS_PATH", $"{first}{Path.PathSeparator} {Path.GetDirectoryName(second)}{Path.PathSeparator}");
        folder.Set("MKLROOT", folder.PathOf("root"));

        IEnumerable<(string Name, string Source)> tried = LibraryCandidates.For(mkl, folder.Search with { SystemLibraries = true })
            .Where(candidate => candidate.Problem != "no such folder")
            .Select(candidate => (candidate.Name, candidate.Source));

        string[] names = [SelfContainedBlas.FileName, .. mkl.FileNames];
        Assert.Equal(
            [
                (first, "GMMNATIVE_BLAS_PATH"),
                .. names.Select(name => (folder.PathOf("second", name), "GMMNATIVE_BLAS_PATH")),
                .. names.Select(name => (folder.PathOf(name), "application")),
                .. names.Select(name => (folder.PathOf("runtimes", "test-x64", "native", name), "application")),
                .. mkl.FileNames.Select(name => (Path.Combine(Path.GetDirectoryName(root)!, name), "MKLROOT")),
                .. mkl.FileNames.Select(name => (name, "system")),
            ],
            tried);
    }

    [Fact]
    public void For_OpenBlas_IgnoresMklRoot()
    {
        using var folder = new LibraryFolder();
        folder.Set("MKLROOT", folder.Path);
        Assert.DoesNotContain(
            LibraryCandidates.For(NativeProduct.Of(BackendKind.OpenBlas), folder.Search), candidate => candidate.Source == "MKLROOT");
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")] // links need a privilege on Windows
    public void Select_LibraryByLinkInEachPlace_FindsTheOneInstance()
    {
        // Loading needs real libraries: each that is here is found again in every place, as the same backend.
        foreach (BackendKind kind in TestBackends.Kinds.Where(kind => kind != BackendKind.Managed))
        {
            DenseBackend expected = TestBackends.Get(kind);
            string name = LibraryFolder.NameOf(kind);
            foreach (string[] place
                in (string[][])[[name], ["runtimes", "test-x64", "native", name], ["given", name], ["given", "any.name"]])
            {
                using var folder = new LibraryFolder();
                string link = folder.PathOf(place);
                if (place[0] == "given")
                {
                    folder.Set("GMMNATIVE_BLAS_PATH", place[1] == name ? Path.GetDirectoryName(link)! : link);
                }

                // Not there yet: the failure must not be remembered.
                Assert.Throws<BackendLoadException>(() => Backends.Select(kind, folder.Search));
                File.CreateSymbolicLink(link, expected.Library!);
                BackendSelection found = Backends.Select(kind, folder.Search);
                Assert.Same(expected, found.Backend);
                Assert.Equal(link, found.Report.Attempts[^1].Name);
                Assert.Null(found.Report.Attempts[^1].Failure);
            }
        }
    }

    [Fact]
    public void Select_LibraryOfTheOtherMake_IsRefused()
    {
        foreach (BackendKind kind in TestBackends.Kinds.Where(kind => kind != BackendKind.Managed))
        {
            BackendKind other = kind == BackendKind.Mkl ? BackendKind.OpenBlas : BackendKind.Mkl;
            using var folder = new LibraryFolder();
            folder.Set("GMMNATIVE_BLAS_PATH", TestBackends.Get(kind).Library!);
            BackendLoadException error = Assert.Throws<BackendLoadException>(() => Backends.Select(other, folder.Search));
            Assert.Contains("entry point", error.Report.Attempts[0].Failure, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Select_FromManyThreads_GivesOneInstance()
    {
        foreach (BackendKind kind in TestBackends.Kinds)
        {
            var found = new DenseBackend[16];
            Parallel.For(0, found.Length, i => found[i] = Backends.Select(kind).Backend);
            Assert.All(found, backend => Assert.Same(TestBackends.Get(kind), backend));
        }
    }

    [Fact]
    public void NativeBackends_WhenFound_TellLibraryAndVersion()
    {
        foreach (BackendKind kind in TestBackends.Kinds.Where(kind => kind != BackendKind.Managed))
        {
            DenseBackend backend = TestBackends.Get(kind);
            Assert.True(File.Exists(backend.Library), backend.Library);
            Assert.Matches(@"^\d+\.\d+(\.\d+)?", backend.Version);
            Assert.StartsWith($"{backend.Name} {backend.Version}, ", backend.Description, StringComparison.Ordinal);
        }
    }
}
