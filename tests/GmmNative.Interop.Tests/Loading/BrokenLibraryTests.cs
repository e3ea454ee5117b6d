using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Files that are no usable library: each gives a line in the report and never ends the process.</summary>
public sealed class BrokenLibraryTests
{
    public static TheoryData<BackendKind> NativeKinds => [BackendKind.Mkl, BackendKind.OpenBlas];

    // What the file of a library begins with is called after its format.
    private static string NoHeader => OperatingSystem.IsWindows() ? "no PE header" : "no ELF header";

    [Theory]
    [MemberData(nameof(NativeKinds))]
    public void Select_TextFile_IsReported(BackendKind kind) => AssertRefused(
        kind, path => File.WriteAllText(path, "INPUT(libsomething.so) and more text than an ELF header is long, to be sure of it"),
        NoHeader);

    [Theory]
    [MemberData(nameof(NativeKinds))]
    public void Select_EmptyFile_IsReported(BackendKind kind) =>
        AssertRefused(kind, path => File.WriteAllBytes(path, []), "the file is empty");

    [Theory]
    [MemberData(nameof(NativeKinds))]
    public void Select_FolderOfThatName_IsReported(BackendKind kind) =>
        AssertRefused(kind, path => Directory.CreateDirectory(path), "a folder, not a library");

    [Theory]
    [InlineData(BackendKind.Mkl, 1)]
    [InlineData(BackendKind.Mkl, 40)]
    [InlineData(BackendKind.Mkl, 100)]
    [InlineData(BackendKind.OpenBlas, 4096)]
    [InlineData(BackendKind.OpenBlas, 20_000)]
    public void Select_TruncatedLibrary_IsReported(BackendKind kind, int bytes)
    {
        // Loading such a file ends the process with a bus error on Linux.
        AssertRefused(
            kind,
            path => File.WriteAllBytes(path, File.ReadAllBytes(LibraryFolder.HarmlessLibrary)[..bytes]),
            bytes < 4 ? NoHeader : "the file is truncated");
    }

    [Theory]
    [MemberData(nameof(NativeKinds))]
    public void Select_OtherArchitecture_IsReported(BackendKind kind) => AssertRefused(
        kind, path => DamagedLibrary.Write(LibraryFolder.HarmlessLibrary, path, LibraryDamage.OtherMachine), "wrong architecture");

    [Theory]
    [MemberData(nameof(NativeKinds))]
    public void Select_LibraryThatIsNoBlas_IsReportedWithMissingEntryPoint(BackendKind kind) =>
        AssertRefused(kind, path => File.Copy(LibraryFolder.HarmlessLibrary, path), "the entry point cblas_dgemm is missing");

    [Theory]
    [MemberData(nameof(NativeKinds))]
    public void Select_UnreadableEnvironmentPath_IsReported(BackendKind kind)
    {
        using var folder = new LibraryFolder();
        string nowhere = folder.PathOf("no", "where");
        folder.Set("GMMNATIVE_BLAS_PATH", nowhere);
        BackendLoadException error = Assert.Throws<BackendLoadException>(() => Backends.Select(kind, folder.Search));
        Assert.Equal(new LoadAttempt(kind, nowhere, "GMMNATIVE_BLAS_PATH", "no such file or folder"), error.Report.Attempts[0]);
        Assert.Contains(nowhere, error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(BackendKind kind, Action<string> make, string expected)
    {
        using var folder = new LibraryFolder();
        string path = folder.PathOf("runtimes", "test-x64", "native", LibraryFolder.NameOf(kind));
        make(path);

        BackendLoadException error = Assert.Throws<BackendLoadException>(() => Backends.Select(kind, folder.Search));
        LoadAttempt attempt = Assert.Single(error.Report.Attempts, attempt => attempt.Name == path);
        Assert.Equal("application", attempt.Source);
        Assert.NotNull(attempt.Failure);
        Assert.Contains(expected, attempt.Failure, StringComparison.Ordinal);

        Assert.Equal(kind, error.Kind);
        Assert.Contains(attempt.Failure, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain('\n', attempt.Failure);
    }
}
