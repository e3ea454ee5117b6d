namespace GmmNative.Errors;

/// <summary>
/// What is wrong with a file, without the file's name: readers of formats throw it, and whoever knows the name and the public
/// exception of the kind of file (vectors, model) turns it into that.
/// </summary>
internal sealed class FileProblemException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problem">What is wrong and what to do, one sentence.</param>
    /// <param name="place">Where in the file, for example <c>line 12, column 3</c>; <see langword="null"/> for the file as a whole.</param>
    /// <param name="innerException">The cause.</param>
    public FileProblemException(string problem, string? place = null, Exception? innerException = null)
        : base(problem, innerException)
    {
        Place = place;
    }

    /// <summary>Where in the file.</summary>
    public string? Place { get; }

    /// <summary>The whole message, one line.</summary>
    /// <param name="name">The file's name for people.</param>
    public string Describe(string name) => MessageText.OneLine(Place is null ? $"{name}: {Message}" : $"{name}, {Place}: {Message}");
}
