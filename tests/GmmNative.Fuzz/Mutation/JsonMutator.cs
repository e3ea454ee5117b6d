using System.Text;
using System.Text.RegularExpressions;

namespace GmmNative.Fuzz;

/// <summary>JSON by tokens: removed, doubled, exchanged, replaced by awkward ones.</summary>
internal sealed partial class JsonMutator : IMutator
{
    private static readonly string[] Awkward =
    [
        "[", "]", "{", "}", ",", ":", "null", "true", "NaN", "1e999", "-1e999", "-0", "1e-999", "0.5", "01", "1.", "\"\"", "\"\\ud800\"",
        "\"\\u0000\"", "\"a\"",
        "[]", "[[]]", "{}", "{\"a\":1,\"a\":2}", "[1]", "9223372036854775808", "\"weights\"", "\"means\"", "\"covariances\"",
        "\"covariance_type\"",
        "\"block_size\"", "\"format_version\"", "\"wei\\u0067hts\"", "\"full\"", "\"diag\"", "\"tied\"", "/**/", "\u00ff", "\0",
    ];

    /// <inheritdoc/>
    public byte[] Mutate(Corpus corpus, Random random)
    {
        if (random.OnceIn(4))
        {
            return ByteMutator.Change(corpus.Any(random), corpus, random);
        }

        List<string> tokens = [.. Token().Matches(Encoding.Latin1.GetString(corpus.Any(random))).Select(m => m.Value)];
        int changes = random.Next(1, 6);
        for (int i = 0; i < changes && tokens.Count > 0; i++)
        {
            Change(tokens, random);
        }

        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(tokens));
        return random.Next(20) switch
        {
            0 => [0xEF, 0xBB, 0xBF, .. bytes],
            1 => bytes[..random.Next(bytes.Length + 1)],
            _ => bytes,
        };
    }

    private static void Change(List<string> tokens, Random random)
    {
        int place = random.Next(tokens.Count);
        switch (random.Next(9))
        {
            case 0:
                tokens.RemoveAt(place);
                break;
            case 1:
                tokens.Insert(place, random.Pick(Awkward));
                break;
            case 2:
                tokens[place] = random.Pick(Awkward);
                break;
            case 3:
                int other = random.Next(tokens.Count);
                (tokens[place], tokens[other]) = (tokens[other], tokens[place]);
                break;
            case 4:
                int length = random.Next(Math.Min(30, tokens.Count - place));
                tokens.InsertRange(random.Next(tokens.Count), tokens.GetRange(place, length));
                break;
            case 5:
                tokens.Insert(place, string.Concat(Enumerable.Repeat(random.Pick(["[", "{\"a\":", "[[", "]", "[1,"]), random.Next(200))));
                break;
            case 6:
                tokens[place] = new string(random.Pick(['1', '0', '9', '-']), random.Next(1, 500)) + random.Pick(["", ".5", "e5", "e"]);
                break;
            case 7:
                tokens.Insert(place, $"\"{new string('x', random.Next(70_000))}\"" + random.Pick(["", ",", ":1,"]));
                break;
            default:
                tokens.RemoveRange(place, random.Next(Math.Min(12, tokens.Count - place)));
                break;
        }
    }

    [GeneratedRegex("\"[^\"]*\"|[-+.0-9A-Za-z]+|\\s+|.", RegexOptions.Singleline)]
    private static partial Regex Token();
}
