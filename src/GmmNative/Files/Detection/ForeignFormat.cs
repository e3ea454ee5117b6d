using GmmNative.Errors;

namespace GmmNative.Files.Detection;

/// <summary>A recognized format that cannot be read as vectors.</summary>
/// <param name="Name">The name of the format with its article, such as <c>a Parquet file</c>.</param>
/// <param name="Advice">What the user can do.</param>
/// <param name="IsCertain">Whether a file of raw numbers practically never looks like this format.</param>
internal sealed record ForeignFormat(string Name, string Advice, bool IsCertain = true)
{
    /// <summary>Creates the exception for a file of this format.</summary>
    public FileProblemException Problem() => new($"it is {Name}; {Advice}.");
}
