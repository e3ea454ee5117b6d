using GmmNative.Interop;

namespace GmmNative.Benchmarks;

/// <summary>The backends to measure.</summary>
public static class AvailableBackends
{
    /// <summary>Those that are there.</summary>
    public static IEnumerable<BackendKind> Kinds =>
        Backends.Survey().Entries.Where(entry => entry.Backend is not null).Select(entry => entry.Kind);
}
