using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

public sealed class RequiredBackendTests
{
    [Fact]
    public void RequiredBackends_InThisRun_AreAvailable() => Assert.Empty(TestBackends.RequiredButMissing);

    [Fact]
    public void Kinds_InThisRun_AreNotNone() => Assert.NotEmpty(TestBackends.Kinds);
}
