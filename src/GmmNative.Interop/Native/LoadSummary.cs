namespace GmmNative.Interop.Native;

/// <summary>Summarizes a failed search in one line.</summary>
internal static class LoadSummary
{
    /// <summary>
    /// Returns the product, the number of attempts, and the most informative failure: "MKL is not available: 9 names tried, e.g. ...".
    /// </summary>
    public static string Of(NativeProduct product, IReadOnlyList<LoadAttempt> attempts)
    {
        // An existing file that does not work is more informative than a missing one, and a path from the user more than a system name.
        LoadAttempt? relevant = attempts.FirstOrDefault(attempt => !IsAbsence(attempt))
            ?? attempts.FirstOrDefault(attempt => attempt.Source == LibraryCandidates.PathVariable)
            ?? (attempts.Count > 0 ? attempts[^1] : null);
        string tried = attempts.Count == 1 ? "1 name tried" : $"{attempts.Count} names tried, e.g.";
        return relevant is null
            ? $"{product.DisplayName} is not available: there was nothing to try"
            : $"{product.DisplayName} is not available: {tried} {relevant.Name}: {relevant.Failure}";
    }

    /// <summary>Returns what the user can do.</summary>
    public static string Advice(NativeProduct product) =>
        (OperatingSystem.IsWindows() ? $"Put {product.FileNames[0]} beside the program" : $"Install {product.DebianPackage}")
        + $", set {LibraryCandidates.PathVariable}, or use --backend managed (gmm backends shows everything that was tried).";

    // Recognizes the messages of this library for missing files and folders, and those of the Linux and Windows loaders for missing names.
    // A self-contained library built from the other vendor's library also counts as absence.
    private static bool IsAbsence(LoadAttempt attempt) =>
        attempt.Failure!.StartsWith("no such", StringComparison.Ordinal)
        || attempt.Failure.Contains(SelfContainedBlas.ServesAs, StringComparison.Ordinal)
        || attempt.Failure.StartsWith("cannot open shared object file", StringComparison.Ordinal)
        || attempt.Failure.Contains("0x8007007E", StringComparison.Ordinal);
}
