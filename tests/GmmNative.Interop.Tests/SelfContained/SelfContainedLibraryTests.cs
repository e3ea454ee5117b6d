using GmmNative.Interop.Native;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>
/// The libraries that the folder native builds are found, distinguished, rejected if damaged, and satisfy the contract of the dense
/// operations.
/// </summary>
[Trait(SelfContainedLibraries.Requires, SelfContainedLibraries.Trait)]
[Trait("Lane", "Slow")]
public sealed class SelfContainedLibraryTests
{
    public static TheoryData<BackendKind> Kinds => [.. SelfContainedLibraries.Kinds];

    public static MatrixTheoryData<BackendKind, string> KindsAndFolders =>
        new(SelfContainedLibraries.Kinds, ["with spaces in it", "Müller Ω", "模型, 2 & 3 (x86)"]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Operations_OfSelfContainedLibrary_FulfilContract(BackendKind kind)
    {
        (int exitCode, string output) = SelfContainedRun.Run(
            kind,
            typeof(ExpectedLibraryTests),
            typeof(DoubleProductTests),
            typeof(SingleProductTests),
            typeof(DoubleFactorizationTests),
            typeof(SingleFactorizationTests),
            typeof(DoubleArgumentTests),
            typeof(SingleArgumentTests),
            typeof(DoubleAgreementTests),
            typeof(SingleAgreementTests),
            typeof(DoubleRepeatabilityTests),
            typeof(SingleRepeatabilityTests),
            typeof(DoubleStripLayoutTests),
            typeof(SingleStripLayoutTests));
        Assert.True(exitCode == 0, $"The tests on {kind} ended with exit code {exitCode}:{Environment.NewLine}{output}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Select_LibraryBesideApplication_TellsWhatItIs(BackendKind kind)
    {
        using var folder = new LibraryFolder();
        string library = folder.PathOf("runtimes", "test-x64", "native", SelfContainedBlas.FileName);
        File.Copy(SelfContainedLibraries.PathOf(kind), library);

        // The system's own libraries are there to be taken, and are not.
        BackendSelection selection = Backends.Select(kind, folder.Search with { SystemLibraries = true });

        Assert.Equal(library, selection.Backend.Library);
        Assert.Equal(new LoadAttempt(kind, library, "application", null), selection.Report.Attempts[^1]);
        Assert.Matches(@"^\d+\.\d+", selection.Backend.Version);
        string vendor = kind == BackendKind.Mkl ? "MKL" : "OpenBLAS";
        Assert.StartsWith(
            $"{selection.Backend.Name} {selection.Backend.Version}, self-contained GmmNative BLAS made of {vendor}, ",
            selection.Backend.Description, StringComparison.Ordinal);
        Assert.Contains("32-bit integers (LP64), interface 1", selection.Backend.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindsAndFolders))]
    public void Select_LibraryInFolderOfAnyName_IsFound(BackendKind kind, string name)
    {
        using var folder = new LibraryFolder();
        string first = folder.PathOf("empty", "x");
        string library = folder.PathOf(name, SelfContainedBlas.FileName);
        File.Copy(SelfContainedLibraries.PathOf(kind), library);
        foreach (string entry in (string[])[Path.GetDirectoryName(library)!, library])
        {
            folder.Set("GMMNATIVE_BLAS_PATH", $"{Path.GetDirectoryName(first)}{Path.PathSeparator} {entry} {Path.PathSeparator}");
            BackendSelection selection = Backends.Select(kind, folder.Search);
            Assert.Equal(library, selection.Backend.Library);
            Assert.Equal(new LoadAttempt(kind, library, "GMMNATIVE_BLAS_PATH", null), selection.Report.Attempts[^1]);
        }

        BackendSelection beside = Backends.Select(
            kind, folder.Search with { Environment = _ => null, ApplicationFolder = Path.GetDirectoryName(library)! });
        Assert.Equal(library, beside.Backend.Library);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Survey_LibraryInPath_ServesAsItsVendorOnly(BackendKind kind)
    {
        using var folder = new LibraryFolder();
        folder.Set("GMMNATIVE_BLAS_PATH", SelfContainedLibraries.PathOf(kind));
        foreach (BackendSurveyEntry entry in Backends.Survey(folder.Search).Entries.Where(entry => entry.Kind != BackendKind.Managed))
        {
            Assert.Equal(entry.Kind == kind, entry.Backend is not null);
            Assert.Contains(
                entry.Kind == kind ? "self-contained GmmNative BLAS" : "is not available", entry.Reason, StringComparison.Ordinal);
            Assert.Equal(
                entry.Kind == kind ? null : $"it is made of {NativeProduct.Of(kind).DisplayName} and serves as {BackendNames.NameOf(kind)}",
                entry.Report.Attempts[0].Failure);
        }
    }

    [Theory]
    [InlineData("interface", "its interface has version 1000, but this program needs 1: use the library of the same release")]
    [InlineData("vendor", "it is made of 'ACML', which this program does not support")]
    [InlineData("integers", "integer width 64; 32 is needed")]
    public void Select_LibraryOfAnotherKind_IsRefused(string stub, string expected)
    {
        using var folder = new LibraryFolder();
        folder.Set("GMMNATIVE_BLAS_PATH", SelfContainedLibraries.Stub(stub));
        BackendLoadException error = Assert.Throws<BackendLoadException>(() => Backends.Select(BackendKind.OpenBlas, folder.Search));
        Assert.Equal(expected, error.Report.Attempts[0].Failure);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
