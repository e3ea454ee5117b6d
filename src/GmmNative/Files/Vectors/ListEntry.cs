using System.Globalization;
using GmmNative.Errors;

namespace GmmNative.Files.Vectors;

/// <summary>A line of a list of files.</summary>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="Key">The key of the utterance; <see langword="null"/> if the line has only a file.</param>
/// <param name="Path">The file.</param>
/// <param name="Offset">The offset of a matrix in a Kaldi archive, or <see langword="null"/> for the whole file.</param>
internal sealed record ListEntry(long Line, string? Key, string Path, long? Offset)
{
    /// <summary>
    /// Parses a line: <c>FILE</c> or <c>NAME=FILE</c> as in HTK, <c>KEY FILE</c> or <c>KEY FILE:OFFSET</c> as in Kaldi.
    /// </summary>
    /// <param name="text">The line without blanks at its ends.</param>
    /// <param name="line">The number of the line.</param>
    /// <exception cref="FileProblemException">The line contains something that is not supported.</exception>
    public static ListEntry Parse(string text, long line)
    {
        if (text.EndsWith('|') || text.StartsWith('|'))
        {
            throw new FileProblemException("commands in lists are not run; write the output of the command to a file.", Place(line));
        }

        int blank = text.IndexOfAny([' ', '\t']);
        string? key = blank < 0 ? null : text[..blank];
        string place = blank < 0 ? text : text[blank..].TrimStart();
        if (place.EndsWith(']') && place.Contains('[', StringComparison.Ordinal))
        {
            throw new FileProblemException(
                $"the range {MessageText.Quote(place[place.LastIndexOf('[')..])} is not supported; list whole utterances.", Place(line));
        }

        if (key is null)
        {
            int equals = place.IndexOf('=', StringComparison.Ordinal);
            return equals > 0 && equals < place.Length - 1 && !File.Exists(place)
                ? new ListEntry(line, KeyOf(place[..equals]), place[(equals + 1)..], null)
                : new ListEntry(line, null, place, null);
        }

        int colon = place.LastIndexOf(':');
        return colon > 0 && long.TryParse(place[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? new ListEntry(line, key, place[..colon], offset)
            : new ListEntry(line, key, place, null);
    }

    /// <summary>Returns the key of a file: its name without folder and extension.</summary>
    public static string KeyOf(string path) => InputFile.KeyOf(path);

    /// <summary>Returns the location of a line for messages.</summary>
    public static string Place(long line) => string.Create(CultureInfo.InvariantCulture, $"line {line}");
}
