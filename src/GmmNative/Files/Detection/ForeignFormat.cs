using GmmNative.Errors;

namespace GmmNative.Files.Detection;

/// <summary>A format that is known and not read as vectors.</summary>
/// <param name="Name">What the file is, with its article: <c>a Parquet file</c>.</param>
/// <param name="Advice">What to do now.</param>
/// <param name="IsCertain">Whether no file of raw numbers could look like it but by an accident that never happens.</param>
internal sealed record ForeignFormat(string Name, string Advice, bool IsCertain = true)
{
    /// <summary>The problem of a file of this format.</summary>
    public FileProblemException Problem() => new($"it is {Name}; {Advice}.");
}
