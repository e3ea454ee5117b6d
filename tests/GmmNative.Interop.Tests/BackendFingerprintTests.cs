using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GmmNative.Interop.Tests;

/// <summary>
/// Runs in the child processes of <see cref="IsolationTests"/> too: there it proves that the one backend that is loaded gives the same
/// bits as in the parent, where all of them are.
/// </summary>
public sealed class BackendFingerprintTests : DenseOperationsContract<double>
{
    internal const string ExpectedVariable = "GMMNATIVE_TEST_FINGERPRINT";

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Fingerprint_InThisProcess_IsTheExpectedOne(BackendKind kind)
    {
        string fingerprint = Fingerprint(kind);
        Assert.Equal(Environment.GetEnvironmentVariable(ExpectedVariable) ?? Fingerprint(kind), fingerprint);
    }

    /// <summary>A digest of the bits of every operation's result.</summary>
    internal static string Fingerprint(BackendKind kind) =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>(RunEverything(Operations(kind)))));
}
