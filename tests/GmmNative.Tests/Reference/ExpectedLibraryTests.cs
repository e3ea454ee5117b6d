using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>
/// Runs in the child processes of <see cref="SelfContainedLibraryTests"/> too: there it proves that the library is the one that is tested.
/// </summary>
public sealed class ExpectedLibraryTests
{
    [Fact]
    public void NativeLibrary_InThisProcess_IsTheExpectedOne() => Assert.Equal(SelfContainedRun.Expected, SelfContainedRun.Actual);
}
