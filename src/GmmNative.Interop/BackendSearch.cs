namespace GmmNative.Interop;

/// <summary>Where to look for native libraries. The default reads the process environment.</summary>
public sealed record BackendSearch
{
    /// <summary>The process's own environment and application folder.</summary>
    public static BackendSearch Default { get; } = new();
}
