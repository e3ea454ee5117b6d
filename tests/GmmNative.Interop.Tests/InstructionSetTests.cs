using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>The managed kernels at every vector width that this processor can be held down to.</summary>
[Trait("Lane", "Slow")]
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData(InstructionSet.UpTo256)]
    [InlineData(InstructionSet.UpTo128)]
    [InlineData(InstructionSet.Scalar)]
    public void ManagedBackend_OnNarrowerVectors_FulfilsContract(InstructionSet set)
    {
        (int exitCode, string output) = InstructionSetRunner.Run(
            set,
            typeof(VectorWidthTests),
            typeof(DoubleProductTests),
            typeof(SingleProductTests),
            typeof(DoubleStripLayoutTests),
            typeof(SingleStripLayoutTests),
            typeof(DoubleStripMatrixTests),
            typeof(SingleStripMatrixTests),
            typeof(DoubleStripDifferencesTests),
            typeof(SingleStripDifferencesTests),
            typeof(DoubleWeightedRowsTests),
            typeof(SingleWeightedRowsTests),
            typeof(PointDistancesTests),
            typeof(RandomNumbersTests),
            typeof(DoublePosteriorTests),
            typeof(SinglePosteriorTests),
            typeof(DoubleFactorizationTests),
            typeof(SingleFactorizationTests),
            typeof(DoubleArgumentTests),
            typeof(SingleArgumentTests),
            typeof(DoubleAgreementTests),
            typeof(SingleAgreementTests),
            typeof(DoubleRepeatabilityTests),
            typeof(SingleRepeatabilityTests));
        Assert.True(exitCode == 0, $"The tests on {set} ended with exit code {exitCode}:{Environment.NewLine}{output}");
    }
}
