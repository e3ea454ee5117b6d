using GmmNative.TestSupport;

[assembly: AssemblyFixture(typeof(GmmNative.Interop.Tests.BackendLine))]

namespace GmmNative.Interop.Tests;

/// <summary>Tells once in every test run which backends it covers.</summary>
public sealed class BackendLine
{
    public BackendLine() => Console.Error.WriteLine(TestBackends.Describe());
}
