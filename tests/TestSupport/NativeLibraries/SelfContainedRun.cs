using GmmNative.Interop;

namespace GmmNative.TestSupport;

/// <summary>Runs test classes once more in a child process where a self-contained library takes the place of the vendor's own.</summary>
public static class SelfContainedRun
{
    private const string ExpectedVariable = "GMMNATIVE_TEST_EXPECTED_LIBRARY";

    /// <summary>
    /// The library that this process is to find in place of the system's; <see langword="null"/> when it is no child of <see cref="Run"/>.
    /// </summary>
    public static string? Expected => Environment.GetEnvironmentVariable(ExpectedVariable);

    /// <summary>Runs test classes on the managed backend and on the library made of a vendor.</summary>
    /// <param name="kind">The vendor.</param>
    /// <param name="testClasses">The classes to run. One of them must have a test that compares the library of the backend with
    /// <see cref="Expected"/>.</param>
    /// <returns>The exit code, 0 when all tests passed, and everything the child wrote.</returns>
    /// <exception cref="TimeoutException">The child did not end; it has been stopped.</exception>
    public static (int ExitCode, string Output) Run(BackendKind kind, params IReadOnlyList<Type> testClasses)
    {
        string library = SelfContainedLibraries.PathOf(kind);
        var environment = new Dictionary<string, string>
        {
            ["GMMNATIVE_BLAS_PATH"] = library,
            [ExpectedVariable] = library,
            [TestBackends.OnlyVariable] = $"{BackendNames.NameOf(BackendKind.Managed)},{BackendNames.NameOf(kind)}",
        };
        return TestProcess.Run(environment, testClasses);
    }

    /// <summary>
    /// The library of the only native backend of this process, to be compared with <see cref="Expected"/>; <see cref="Expected"/> itself
    /// when this process is no child of <see cref="Run"/>.
    /// </summary>
    public static string? Actual => Expected is null
        ? null
        : string.Join(";", TestBackends.Kinds.Where(kind => kind != BackendKind.Managed).Select(kind => TestBackends.Get(kind).Library));
}
