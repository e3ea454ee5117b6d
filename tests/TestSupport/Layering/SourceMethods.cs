using System.Text.RegularExpressions;

namespace GmmNative.TestSupport.Layering;

/// <summary>
/// The methods of a source file, by its layout: <c>dotnet format</c> puts the braces of a member in the column where the member starts.
/// </summary>
public static partial class SourceMethods
{
    private const int MaximumLines = 60;

    /// <summary>
    /// The methods with too many lines and no reason: a comment of two slashes right above the member, its documentation or its attributes.
    /// </summary>
    /// <param name="lines">The lines of the file.</param>
    /// <returns>For each method, the number of its first line, from 1, and its length.</returns>
    public static IEnumerable<(int Line, int Length)> TooLong(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            Match member = Member().Match(lines[i]);
            if (!member.Success || Type().IsMatch(lines[i]) || lines[i].EndsWith('}'))
            {
                continue;
            }

            string indent = member.Groups["indent"].Value;
            int open = Next(lines, i, line => line == indent + "{" || line.EndsWith(';'));
            if (open == lines.Length || lines[open].EndsWith(';'))
            {
                continue;
            }

            int close = Next(lines, open, line => line.StartsWith(indent + "}", StringComparison.Ordinal));
            int length = close - i + 1;
            if (length > MaximumLines && !HasReason(lines, i))
            {
                yield return (i + 1, length);
            }
        }
    }

    private static bool HasReason(string[] lines, int member)
    {
        for (int i = member - 1; i >= 0; i--)
        {
            string line = lines[i].TrimStart();
            if (line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("///", StringComparison.Ordinal))
            {
                return true;
            }

            if (!line.StartsWith("///", StringComparison.Ordinal) && !line.StartsWith('['))
            {
                return false;
            }
        }

        return false;
    }

    private static int Next(string[] lines, int from, Func<string, bool> matches)
    {
        int line = from;
        while (line < lines.Length && !matches(lines[line]))
        {
            line++;
        }

        return line;
    }

    [GeneratedRegex(@"^(?<indent> {4,})(?:public|private|internal|protected|static) ")]
    private static partial Regex Member();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum) ")]
    private static partial Regex Type();
}
