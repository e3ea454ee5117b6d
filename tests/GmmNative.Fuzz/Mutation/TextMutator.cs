using System.Text;

namespace GmmNative.Fuzz;

/// <summary>Tables of numbers as text: fields, separators, quotes, lines, encodings.</summary>
internal sealed class TextMutator : IMutator
{
    private static readonly string[] Fields =
    [
        "", " ", "0", "-0", "1e5", "1e-400", "1e400", "nan", "-inf", "Infinity", "1e", "1e+", "e5", ".", "-", "+", "1.2.3", "0x10", "1,5",
        "NA", "\"", "\"\"",
        "\"1\"", "\"1", "1\"", "\"a\"\"b\"", "#", "1 2", "\u00e9", "\0", "1\0", "9007199254740993", "123456789012345678901234567890",
        "0.1e-22", "--1", "1_000",
    ];

    private static readonly string[] Separators = [",", ";", "\t", " ", ", ", ",,", "|", "\0", ""];
    private static readonly string[] Ends = ["\n", "\n", "\n", "\r\n", "\r", "\n\n", "\n#\n", "", "\n \n", "\u2028", "\v"];

    /// <inheritdoc/>
    public byte[] Mutate(Corpus corpus, Random random)
    {
        if (random.OnceIn(4))
        {
            return ByteMutator.Change(corpus.Any(random), corpus, random);
        }

        string text = random.OnceIn(2) ? Make(random) : ChangeFields(Encoding.Latin1.GetString(corpus.Any(random)), random);
        return random.Next(24) switch
        {
            0 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            2 => Encoding.BigEndianUnicode.GetBytes(text),
            3 => Encoding.UTF8.GetBytes(text),
            _ => Encoding.Latin1.GetBytes(text),
        };
    }

    private static string Make(Random random)
    {
        int columns = random.OnceIn(40) ? random.Next(20_000) : random.Next(1, 6);
        int rows = random.OnceIn(40) ? random.Next(3000) : random.Next(1, 8);
        if (columns * rows > 20_000)
        {
            rows = 1;
        }

        string separator = random.Pick(Separators);
        StringBuilder text = new();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                text.Append(column == 0 ? "" : random.OnceIn(200) ? random.Pick(Separators) : separator);
                text.Append(random.OnceIn(30) ? random.Pick(Fields) : Number(random));
            }

            text.Append(random.OnceIn(30) ? random.Pick(Ends) : "\n");
        }

        return text.ToString();
    }

    private static string ChangeFields(string text, Random random)
    {
        int changes = random.Next(1, 5);
        for (int i = 0; i < changes; i++)
        {
            int place = text.IndexOfAny([',', ';', '\t', '\n', '"'], random.Next(text.Length + 1));
            if (place < 0)
            {
                continue;
            }

            text = random.Next(6) switch
            {
                0 => text.Insert(place, random.Pick(Fields)),
                1 => text.Insert(place + 1, random.Pick(Fields)),
                2 => text.Remove(place, 1).Insert(place, random.Pick(Separators)),
                3 => text.Remove(place, 1).Insert(place, random.Pick(Ends)),
                4 => text.Insert(place, new string(random.Pick(['0', ' ', '"', ',', '1', '\n']), random.Next(2000))),
                _ => text[..place] + text,
            };
        }

        return text.Length > 50_000 ? text[..50_000] : text;
    }

    private static string Number(Random random) => random.Next(5) switch
    {
        0 => random.Next(1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => random.NextDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        2 => (random.NextDouble() * Math.Pow(10, random.Next(-300, 300))).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        3 => $"{random.Next()}{random.Next()}.{random.Next()}e{random.Next(-400, 400)}",
        _ => "1",
    };
}
