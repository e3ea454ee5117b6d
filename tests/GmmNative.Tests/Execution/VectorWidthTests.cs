using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Execution;

/// <summary>Runs in the child processes of <see cref="InstructionSetTests"/> too: there it proves that the switch was heeded.</summary>
public sealed class VectorWidthTests
{
    [Fact]
    public void CurrentWidth_InThisProcess_IsTheOneItWasStartedFor() =>
        Assert.Equal(InstructionSetRunner.ExpectedWidth ?? InstructionSetRunner.CurrentWidth, InstructionSetRunner.CurrentWidth);
}
