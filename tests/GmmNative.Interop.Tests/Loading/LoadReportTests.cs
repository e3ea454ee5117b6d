namespace GmmNative.Interop.Tests;

public sealed class LoadReportTests
{
    [Fact]
    public void Survey_NothingThere_TellsEveryBackendInOrder()
    {
        using var folder = new LibraryFolder();
        BackendSurvey survey = Backends.Survey(folder.Search);
        Assert.Equal([BackendKind.Managed, BackendKind.Mkl, BackendKind.OpenBlas], survey.Entries.Select(entry => entry.Kind));
        Assert.Same(Backends.Managed, survey.Entries[0].Backend);
        Assert.Same(Backends.Managed, survey.Chosen.Backend);
        foreach (BackendSurveyEntry entry in survey.Entries.Skip(1))
        {
            Assert.Null(entry.Backend);
            Assert.Contains("is not available", entry.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', entry.Reason);
            Assert.All(entry.Report.Attempts, attempt => Assert.NotNull(attempt.Failure));

            // Our own library and each file beside the program, and one line for the folder of native packages, which is not there.
            Assert.Equal(NativeProduct.Of(entry.Kind).FileNames.Count + 2, entry.Report.Attempts.Count);
        }
    }

    [Fact]
    public void Survey_ThisMachine_AgreesWithSelect()
    {
        foreach (BackendSurveyEntry entry in Backends.Survey(BackendSearch.Default with { Environment = _ => null }).Entries)
        {
            Assert.Equal(entry.Backend is null || entry.Kind == BackendKind.Managed,
                entry.Report.Attempts.All(attempt => attempt.Failure is not null));
            Assert.Equal(entry.Kind, entry.Backend?.Kind ?? entry.Kind);
        }
    }

    [Fact]
    public void Message_LibraryMissing_TellsWhatWhyAndWhatToDo()
    {
        using var folder = new LibraryFolder();
        BackendLoadException error = Assert.Throws<BackendLoadException>(() => Backends.Select(BackendKind.OpenBlas, folder.Search));
        Assert.StartsWith("OpenBLAS is not available: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("names tried, e.g. ", error.Message, StringComparison.Ordinal);
        Assert.Contains("GMMNATIVE_BLAS_PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains("--backend managed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Of_BrokenLibraryAmongMissingOnes_TellsTheBrokenOne()
    {
        const string Missing = "cannot open shared object file: No such file or directory";
        string summary = LoadSummary.Of(
            NativeProduct.Of(BackendKind.Mkl),
            [
                new LoadAttempt(BackendKind.Mkl, "/a/libmkl_rt.so", "application", "no such file"),
                new LoadAttempt(BackendKind.Mkl, "libmkl_rt.so", "system", Missing),
                new LoadAttempt(BackendKind.Mkl, "libmkl_rt.so.1", "system", "its part libmkl_core.so is missing"),
                new LoadAttempt(BackendKind.Mkl, "libmkl_rt.so.2", "system", Missing),
            ]);
        Assert.Equal("MKL is not available: 4 names tried, e.g. libmkl_rt.so.1: its part libmkl_core.so is missing", summary);
    }

    [Fact]
    public void Of_BrokenLibraryBehindOneOfTheOtherVendor_TellsTheBrokenOne()
    {
        string summary = LoadSummary.Of(
            NativeProduct.Of(BackendKind.OpenBlas),
            [
                new LoadAttempt(BackendKind.OpenBlas, "/a/libgmmnative_blas.so", "application", "it is made of MKL and serves as mkl"),
                new LoadAttempt(BackendKind.OpenBlas, "/a/libopenblas.so.0", "application", "the file is empty"),
            ]);
        Assert.Equal("OpenBLAS is not available: 2 names tried, e.g. /a/libopenblas.so.0: the file is empty", summary);
    }

    [Fact]
    public void ToString_SeveralAttempts_IsALineEach()
    {
        var report = new LoadReport(
        [
            new LoadAttempt(BackendKind.Mkl, "/a/libmkl_rt.so", "application", "no such file"),
            new LoadAttempt(BackendKind.Mkl, "libmkl_rt.so", "system", null),
        ]);
        Assert.Equal(
            $"mkl: /a/libmkl_rt.so (application): no such file{Environment.NewLine}mkl: libmkl_rt.so (system): loaded", report.ToString());
        Assert.Equal("", LoadReport.Empty.ToString());
    }

    [Theory]
    [InlineData("Unable to load 'x' or one of its dependencies. Advice: \nx: file too short\n", "file too short")]
    [InlineData(
        "Unable to load DLL 'x' or one of its dependencies: The module could not be found. (0x8007007E)",
        "The module could not be found. (0x8007007E)")]
    [InlineData("x: libgfortran.so.5: cannot open shared object file", "libgfortran.so.5: cannot open shared object file")]
    [InlineData("", "the system's loader gave no reason")]
    public void OneLine_LoaderMessages_KeepsWhatTells(string message, string expected) =>
        Assert.Equal(expected, LoaderMessage.OneLine(message, "x"));

    [Theory]
    [InlineData(
        "Intel(R) Math Kernel Library Version 2020.0.4 Product Build 20200917 for Intel(R) 64 architecture applications", "2020.0.4")]
    [InlineData("Intel(R) oneAPI Math Kernel Library Version 2024.2-Product Build 20240605 for Intel(R) 64", "2024.2")]
    [InlineData("Version 3.", "3")]
    [InlineData("something else", "unknown")]
    public void VersionIn_MklStrings_IsTheNumber(string text, string expected) => Assert.Equal(expected, MklProduct.VersionIn(text));

    [Theory]
    [InlineData("OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64", "0.3.21", false)]
    [InlineData("OpenBLAS 0.3.26 USE64BITINT DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64", "0.3.26", true)]
    [InlineData("NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY", "unknown", false)]
    [InlineData("", "unknown", false)]
    public void Configuration_OpenBlasStrings_IsUnderstood(string configuration, string version, bool wide)
    {
        Assert.Equal(version, OpenBlasProduct.VersionIn(configuration));
        Assert.Equal(wide, OpenBlasProduct.HasWideIntegers(configuration));
    }

    [Fact]
    public void CheckThreads_OpenBlasWithoutThreads_IsRefused()
    {
        LibraryRefusedException error = Assert.Throws<LibraryRefusedException>(() => OpenBlasProduct.CheckThreads(0));
        Assert.Contains("without threads", error.Message, StringComparison.Ordinal);
        OpenBlasProduct.CheckThreads(1);
        OpenBlasProduct.CheckThreads(2);
    }
}
