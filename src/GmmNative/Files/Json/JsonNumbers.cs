using System.Text.Json;
using GmmNative.Errors;

namespace GmmNative.Files.Json;

/// <summary>Reads numbers in JSON: arrays are nested lists, with the same length at each depth.</summary>
internal static class JsonNumbers
{
    /// <summary>Determines the shape of the current value and advances to its last token.</summary>
    /// <exception cref="FileProblemException">Lists at the same depth differ in length, or an element is not a number.</exception>
    public static JsonArray Measure(ref JsonTokens tokens, string name)
    {
        long start = tokens.Start;
        if (tokens.Type != JsonTokenType.StartArray)
        {
            tokens.Skip();
            return new JsonArray(name, start, []);
        }

        JsonArrayWalk walk = new(name);
        while (walk.Step(ref tokens))
        {
            tokens.ReadInside();
        }

        return new JsonArray(name, start, walk.Shape);
    }

    /// <summary>Reads all numbers, in the order of the text.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="array">An array whose shape has been validated.</param>
    /// <exception cref="FileProblemException">An element is not a finite number.</exception>
    public static double[] Read(Stream stream, JsonArray array)
    {
        double[] values = new double[array.Shape.Aggregate(1L, (a, b) => a * b)];
        int filled = 0;
        JsonTokens tokens = new(stream, array.Start);
        JsonArrayWalk walk = new(array.Name);
        tokens.ReadInside();
        if (array.Shape.Length == 0)
        {
            return tokens.Type == JsonTokenType.Number && tokens.TryGetDouble(out values[0]) ? values : throw walk.NotANumber(ref tokens);
        }

        while (walk.Step(ref tokens))
        {
            if (tokens.Type == JsonTokenType.Number)
            {
                if (filled == values.Length)
                {
                    throw new FileProblemException("it changed while it was being read.");
                }

                values[filled++] = tokens.TryGetDouble(out double number) ? number : throw walk.NotANumber(ref tokens);
            }

            tokens.ReadInside();
        }

        return values;
    }

    /// <summary>Reads a list of whole numbers.</summary>
    /// <exception cref="FileProblemException">
    /// The value is not such a list, or has more than <paramref name="maximum"/> numbers.
    /// </exception>
    public static long[] ReadIntegers(ref JsonTokens tokens, string name, int maximum)
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            throw new FileProblemException($"\"{name}\" is {MessageText.Quote(tokens.Text)}, but a list of whole numbers is expected.");
        }

        List<long> numbers = [];
        for (tokens.ReadInside(); tokens.Type != JsonTokenType.EndArray; tokens.ReadInside())
        {
            if (numbers.Count == maximum)
            {
                throw new FileProblemException($"\"{name}\" has more than {maximum} numbers.");
            }

            numbers.Add(ReadInteger(ref tokens, name));
        }

        return [.. numbers];
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="FileProblemException">The value is not a whole number.</exception>
    public static long ReadInteger(ref JsonTokens tokens, string name) => tokens.TryGetInteger(out long number)
        ? number
        : throw new FileProblemException($"{MessageText.Quote(tokens.Text)} in \"{name}\" is not a whole number.");
}
