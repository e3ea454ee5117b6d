namespace GmmNative.Interop;

/// <summary>Finds and opens the backends.</summary>
public static class Backends
{
    /// <summary>The managed backend; always there.</summary>
    public static DenseBackend Managed { get; } = new ManagedBackend();

    /// <summary>Opens a backend.</summary>
    public static BackendSelection Select(BackendKind kind = BackendKind.Auto, BackendSearch? search = null) => throw new NotSupportedException();

    /// <summary>Looks for all backends.</summary>
    public static BackendSurvey Survey(BackendSearch? search = null) => throw new NotSupportedException();
}
