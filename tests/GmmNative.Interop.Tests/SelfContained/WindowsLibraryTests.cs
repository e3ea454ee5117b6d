using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>
/// The vendors' own libraries on Windows: under each of their names, in each of their places, with parts missing or damaged.
/// </summary>
/// <remarks>The libraries are imitations that native/tests builds; names, places, functions and calls are those of the vendors.</remarks>
[Trait(SelfContainedLibraries.Requires, SelfContainedLibraries.Trait)]
[Trait(SelfContainedLibraries.Requires, "Windows")]
[Trait("Lane", "Slow")]
public sealed class WindowsLibraryTests
{
    private static readonly string[] NeededParts = ["mkl_core", "mkl_sequential", "mkl_def"];

    public static TheoryData<string> MklNames => ["mkl_rt.dll", "mkl_rt.1.dll", "mkl_rt.2.dll"];

    public static TheoryData<string> OpenBlasNames => ["libopenblas.dll", "openblas.dll"];

    public static MatrixTheoryData<string, string> MklNamesAndPlaces =>
        new(["mkl_rt.dll", "mkl_rt.1.dll", "mkl_rt.2.dll"], ["bin", "redist/intel64", "bin/intel64"]);

    public static MatrixTheoryData<string, LibraryDamage> DamagedParts =>
        new(["mkl_core.2.dll", "mkl_def.2.dll", "mkl_avx2.2.dll"], Enum.GetValues<LibraryDamage>().Except([LibraryDamage.Deleted]));

    [Theory]
    [MemberData(nameof(MklNames))]
    public void Select_MklBesideApplicationAndInPackage_IsUsed(string name)
    {
        foreach (string[] place in (string[][])[[name], ["runtimes", "test-x64", "native", name]])
        {
            using var folder = new LibraryFolder();
            string library = MklIn(folder, place);
            AssertUsed(BackendKind.Mkl, folder, library, "application");
        }
    }

    [Theory]
    [MemberData(nameof(MklNamesAndPlaces))]
    public void Select_MklUnderItsRoot_IsUsed(string name, string place)
    {
        using var folder = new LibraryFolder();
        string library = MklIn(folder, ["Intel MKL", .. place.Split('/'), name]);
        AssertUsed(BackendKind.Mkl, folder.Set("MKLROOT", folder.PathOf("Intel MKL")), library, "MKLROOT");
    }

    [Theory]
    [MemberData(nameof(OpenBlasNames))]
    public void Select_OpenBlasBesideApplicationAndInPackage_IsUsed(string name)
    {
        foreach (string[] place in (string[][])[[name], ["runtimes", "test-x64", "native", name]])
        {
            using var folder = new LibraryFolder();
            string library = folder.PathOf(place);
            File.Copy(SelfContainedLibraries.Imitation("openblas"), library);
            AssertUsed(BackendKind.OpenBlas, folder, library, "application");
        }
    }

    [Fact]
    public void Select_OpenBlasInPath_IsUsed()
    {
        using var folder = new LibraryFolder();
        string library = folder.PathOf("in the path, Müller Ω", "openblas.dll");
        File.Copy(SelfContainedLibraries.Imitation("openblas"), library);
        string before = Environment.GetEnvironmentVariable("PATH") ?? "";
        try
        {
            Environment.SetEnvironmentVariable("PATH", $"{before};{Path.GetDirectoryName(library)}");
            DenseBackend backend = Backends.Select(BackendKind.OpenBlas, folder.Search with { SystemLibraries = true }).Backend;
            Assert.Equal(library, backend.Library);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }

    [Fact]
    public void Select_LibraryWhoseDependencyIsDamaged_IsRefused()
    {
        // What the library needs is a part of Windows; under another name it could as well be a part of the compiler's.
        using var folder = new LibraryFolder();
        string library = folder.PathOf("libopenblas.dll");
        byte[] bytes = File.ReadAllBytes(SelfContainedLibraries.Imitation("openblas"));
        int name = bytes.AsSpan().IndexOf("msvcrt.dll"u8);
        "needed.dll"u8.CopyTo(bytes.AsSpan(name));
        File.WriteAllBytes(library, bytes);
        string dependency = folder.PathOf("needed.dll");
        foreach (LibraryDamage damage in Enum.GetValues<LibraryDamage>().Except([LibraryDamage.Deleted]))
        {
            DamagedLibrary.Write(LibraryFolder.HarmlessLibrary, dependency, damage);
            AssertRefused(BackendKind.OpenBlas, folder, library, $"it needs {dependency}: {DamagedLibrary.Message(damage)}");
        }
    }

    [Theory]
    [InlineData("mkl_core")]
    [InlineData("mkl_sequential")]
    [InlineData("mkl_def")]
    public void Select_MklPartMissing_IsRefused(string part)
    {
        using var folder = new LibraryFolder();
        string library = MklIn(folder, "mkl_rt.2.dll");
        File.Delete(folder.PathOf($"{part}.2.dll"));
        AssertRefused(BackendKind.Mkl, folder, library, $"its part {part}.dll is missing: MKL is not completely installed");
    }

    [Theory]
    [MemberData(nameof(DamagedParts))]
    public void Select_MklPartDamaged_IsRefused(string part, LibraryDamage damage)
    {
        using var folder = new LibraryFolder();
        string library = MklIn(folder, "mkl_rt.2.dll");
        DamagedLibrary.Write(LibraryFolder.HarmlessLibrary, folder.PathOf(part), damage);
        AssertRefused(BackendKind.Mkl, folder, library, $"its part {folder.PathOf(part)}: {DamagedLibrary.Message(damage)}");
    }

    /// <summary>MKL under a name, with its parts, whose names have the same number.</summary>
    private static string MklIn(LibraryFolder folder, params string[] place)
    {
        string library = folder.PathOf(place);
        File.Copy(SelfContainedLibraries.Imitation("mkl"), library);
        string ending = Path.GetFileName(library)["mkl_rt".Length..];
        foreach (string part in NeededParts)
        {
            File.Copy(LibraryFolder.HarmlessLibrary, Path.Combine(Path.GetDirectoryName(library)!, part + ending));
        }

        return library;
    }

    private static void AssertUsed(BackendKind kind, LibraryFolder folder, string library, string source)
    {
        BackendSelection selection = Backends.Select(kind, folder.Search);
        Assert.Equal(library, selection.Backend.Library);
        Assert.Equal(new LoadAttempt(kind, library, source, null), selection.Report.Attempts[^1]);
        Assert.Matches(@"^\d+\.\d+", selection.Backend.Version);
    }

    private static void AssertRefused(BackendKind kind, LibraryFolder folder, string library, string said)
    {
        BackendLoadException error = Assert.Throws<BackendLoadException>(() => Backends.Select(kind, folder.Search));
        LoadAttempt attempt = Assert.Single(error.Report.Attempts, attempt => attempt.Name == library);
        Assert.StartsWith(said, attempt.Failure, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
