using GmmNative.Tests.Expectation;
using GmmNative.Tests.Inference;
using GmmNative.Tests.Reference;
using GmmNative.Tests.Scoring;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Execution;

/// <summary>Training and scoring on the managed backend at every vector width that this processor can be held down to.</summary>
[Trait("Lane", "Slow")]
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData(InstructionSet.UpTo256)]
    [InlineData(InstructionSet.UpTo128)]
    [InlineData(InstructionSet.Scalar)]
    public void Engine_OnNarrowerVectors_GivesTheReferenceAnswers(InstructionSet set)
    {
        (int exitCode, string output) = InstructionSetRunner.Run(
            set, typeof(VectorWidthTests), typeof(MixtureScorerTests), typeof(NaiveReferenceTests),
            typeof(EmReferenceTests), typeof(AccuracyTests), typeof(MixtureSamplerTests));
        Assert.True(exitCode == 0, $"The tests on {set} ended with exit code {exitCode}:{Environment.NewLine}{output}");
    }
}
