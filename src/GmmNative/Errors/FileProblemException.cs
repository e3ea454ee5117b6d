namespace GmmNative.Errors;

/// <summary>
/// A problem in a file, without the name of the file. Format readers throw it. The caller, which knows the name and the public exception
/// for the kind of file (vectors, model), converts it.
/// </summary>
internal sealed class FileProblemException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What is wrong and what to do, one sentence.</param>
    /// <param name="place">The location in the file, such as <c>line 12, column 3</c>; <see langword="null"/> for the whole file.</param>
    /// <param name="innerException">The cause.</param>
    public FileProblemException(string problem, string? place = null, Exception? innerException = null)
        : base(problem, innerException)
    {
        Place = place;
    }

    /// <summary>The location in the file, or <see langword="null"/> for the whole file.</summary>
    public string? Place { get; }

    /// <summary>Composes the complete one-line message.</summary>
    /// <param name="name">The name of the file in messages.</param>
    public string Describe(string name) => MessageText.OneLine(Place is null ? $"{name}: {Message}" : $"{name}, {Place}: {Message}");
}
