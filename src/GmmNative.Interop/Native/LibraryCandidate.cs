namespace GmmNative.Interop.Native;

/// <summary>A possible name of a library.</summary>
/// <param name="Name">A full path, or a bare file name for the system's loader to look up.</param>
/// <param name="Source">Where the candidate came from.</param>
/// <param name="Problem">Why loading is pointless; <see langword="null"/> if it should be tried.</param>
internal sealed record LibraryCandidate(string Name, string Source, string? Problem)
{
    /// <summary>The file to load: <see cref="Name"/>, or the file that the name resolves to.</summary>
    public string Target { get; init; } = Name;
}
