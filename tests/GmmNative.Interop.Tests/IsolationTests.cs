using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>
/// Backends do not disturb each other: MKL publishes BLAS and LAPACK to the whole process, and other backends must not call these
/// functions.
/// </summary>
[Trait("Lane", "Slow")]
public sealed class IsolationTests
{
    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Backend_AloneInItsProcess_GivesSameBitsAsBesideOthers(BackendKind kind)
    {
        var environment = new Dictionary<string, string>
        {
            [TestBackends.OnlyVariable] = BackendNames.NameOf(kind),
            [BackendFingerprintTests.ExpectedVariable] = BackendFingerprintTests.Fingerprint(kind),
        };
        (int exitCode, string output) = TestProcess.Run(environment, typeof(BackendFingerprintTests));
        Assert.True(exitCode == 0, $"The tests on {kind} alone ended with exit code {exitCode}:{Environment.NewLine}{output}");
    }
}
