namespace GmmNative.Interop.Native;

/// <summary>A failed search in one line.</summary>
internal static class LoadSummary
{
    /// <summary>What, how many names, and the failure that tells most: "MKL is not available: 9 names tried, e.g. ...".</summary>
    public static string Of(NativeProduct product, IReadOnlyList<LoadAttempt> attempts)
    {
        // A file that is there but does not work tells more than one that is missing; a name that the user gave more than the system's.
        LoadAttempt? telling = attempts.FirstOrDefault(attempt => !IsAbsence(attempt))
            ?? attempts.FirstOrDefault(attempt => attempt.Source == LibraryCandidates.PathVariable)
            ?? (attempts.Count > 0 ? attempts[^1] : null);
        string tried = attempts.Count == 1 ? "1 name tried" : $"{attempts.Count} names tried, e.g.";
        return telling is null
            ? $"{product.DisplayName} is not available: there was nothing to try"
            : $"{product.DisplayName} is not available: {tried} {telling.Name}: {telling.Failure}";
    }

    /// <summary>What to do about it.</summary>
    public static string Advice(NativeProduct product) =>
        (OperatingSystem.IsWindows() ? $"Put {product.FileNames[0]} beside the program" : $"Install {product.DebianPackage}")
        + $", set {LibraryCandidates.PathVariable}, or use --backend managed (gmm backends shows everything that was tried).";

    // Our own words for files and folders; those of the loaders of Linux and of Windows for names they do not find. A library that serves
    // as the other backend is in its place, and says nothing of this one.
    private static bool IsAbsence(LoadAttempt attempt) =>
        attempt.Failure!.StartsWith("no such", StringComparison.Ordinal)
        || attempt.Failure.Contains(SelfContainedBlas.ServesAs, StringComparison.Ordinal)
        || attempt.Failure.StartsWith("cannot open shared object file", StringComparison.Ordinal)
        || attempt.Failure.Contains("0x8007007E", StringComparison.Ordinal);
}
