namespace GmmNative.Interop.Native;

/// <summary>One name under which a library might be found.</summary>
/// <param name="Name">A full path, or a bare file name for the system's loader to look up.</param>
/// <param name="Source">What told to try it.</param>
/// <param name="Problem">Why it need not be tried; <see langword="null"/> when it is to be tried.</param>
internal sealed record LibraryCandidate(string Name, string Source, string? Problem)
{
    /// <summary>What to load: <see cref="Name"/>, or the file that is known to be behind it.</summary>
    public string Target { get; init; } = Name;
}
