using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>The reference cases and the hard mixtures through the libraries that the folder native builds.</summary>
[Trait(SelfContainedLibraries.Requires, SelfContainedLibraries.Trait)]
[Trait("Category", "Reference")]
[Trait("Lane", "Slow")]
public sealed class SelfContainedLibraryTests
{
    public static TheoryData<BackendKind> Kinds => [.. SelfContainedLibraries.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ReferenceCases_ThroughSelfContainedLibrary_Pass(BackendKind kind)
    {
        (int exitCode, string output) = SelfContainedRun.Run(
            kind, typeof(ExpectedLibraryTests), typeof(EmReferenceTests), typeof(AccuracyTests));
        Assert.True(exitCode == 0, $"The tests on {kind} ended with exit code {exitCode}:{Environment.NewLine}{output}");
    }
}
