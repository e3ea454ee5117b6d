namespace GmmNative.Interop.Tests;

/// <summary>
/// The names under which the published packages bring MKL: MKL.NET.linux-x64 and MKL.NET.win-x64 without a version, intelmkl.redist with
/// one. Before publishing for one platform they lie in <c>runtimes/&lt;rid&gt;/native</c>, after it beside the application.
/// </summary>
public sealed class PackageLayoutTests
{
    public static TheoryData<string, bool> Names
    {
        get
        {
            TheoryData<string, bool> data = [];
            string[] names = OperatingSystem.IsWindows()
                ? ["mkl_rt.dll", "mkl_rt.1.dll", "mkl_rt.2.dll"]
                : ["libmkl_rt.so", "libmkl_rt.so.1", "libmkl_rt.so.2"];
            foreach (string name in names)
            {
                data.Add(name, false);
                data.Add(name, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Select_RuntimeOfAPackage_IsTheOneThatIsTried(string name, bool flat)
    {
        using var folder = new LibraryFolder();
        string rid = OperatingSystem.IsWindows() ? "win-x64" : "linux-x64";
        string library = flat ? folder.PathOf(name) : folder.PathOf("runtimes", rid, "native", name);

        // A library that loads and is no MKL: that it was opened shows in what is missing from it.
        File.Copy(LibraryFolder.HarmlessLibrary, library);
        BackendLoadException error = Assert.Throws<BackendLoadException>(
            () => Backends.Select(BackendKind.Mkl, folder.Search with { RuntimeIdentifier = rid }));

        LoadAttempt attempt = Assert.Single(error.Report.Attempts, attempt => attempt.Name == library);
        Assert.Equal("application", attempt.Source);
        Assert.Contains("the entry point ", attempt.Failure, StringComparison.Ordinal);
    }
}
