using GmmNative.Errors;

namespace GmmNative.Files;

/// <summary>
/// What may go wrong while a file is read: the one list, for the places where a reader's exceptions become those of the library. Anything
/// else is a mistake
/// of the reader and is not caught.
/// </summary>
internal static class ReadFailure
{
    /// <summary>The message for people, one line.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="name">The file's name for people.</param>
    /// <returns><see langword="null"/> for an exception that no reader may throw.</returns>
    public static string? Describe(Exception exception, string name) => exception switch
    {
        FileProblemException e => e.Describe(name),
        InvalidMixtureException => MessageText.OneLine($"{name}: {exception.Message}"),
        IOException or UnauthorizedAccessException => MessageText.OneLine($"{name}: the file cannot be read: {exception.Message}"),
        OutOfMemoryException => $"{name}: there is not enough memory to read it.",
        _ => null,
    };
}
