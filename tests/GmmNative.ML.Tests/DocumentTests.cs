using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.ML.Tests;

/// <summary>The page about ML.NET.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Page_ItsProgram_WritesWhatThePageSays() => DocumentRun.AssertOutput("mlnet.md");
}
