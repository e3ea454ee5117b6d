using GmmNative.Errors;

namespace GmmNative.Files;

/// <summary>
/// The single list of expected failures while reading a file, for the places that convert the exceptions of readers to public exceptions.
/// Any other exception is a bug in the reader and is not caught.
/// </summary>
internal static class ReadFailure
{
    /// <summary>Composes the one-line message.</summary>
    /// <param name="exception">The exception of the reader.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <returns>The message, or <see langword="null"/> for an exception that no reader may throw.</returns>
    public static string? Describe(Exception exception, string name) => exception switch
    {
        FileProblemException e => e.Describe(name),
        InvalidMixtureException => MessageText.OneLine($"{name}: {exception.Message}"),
        IOException or UnauthorizedAccessException => MessageText.OneLine($"{name}: the file cannot be read: {exception.Message}"),
        OutOfMemoryException => $"{name}: there is not enough memory to read it.",
        _ => null,
    };
}
