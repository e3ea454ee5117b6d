using Xunit;

namespace GmmNative.Tests.Support;

/// <summary>The collection of tests that change what all others of the process use: no other test runs at the same time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Runs alone";
}
