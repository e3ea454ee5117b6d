using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Runs a theory on every backend that is there.</summary>
public sealed class AvailableBackends : TheoryData<BackendKind>
{
    public AvailableBackends()
        : base(TestBackends.Kinds)
    {
    }
}
