using System.Runtime.InteropServices;
using System.Text.Json;

namespace GmmNative.Files;

/// <summary>Arrays of numbers in JSON: nested lists, all of the same length at each depth.</summary>
internal static class JsonNumbers
{
    private const int MostDimensions = 3;

    /// <summary>The shape that the first elements tell; <see cref="ReadArray"/> checks the others against it.</summary>
    public static long[] ShapeOf(JsonElement value)
    {
        List<long> shape = [];
        while (value.ValueKind == JsonValueKind.Array && shape.Count <= MostDimensions)
        {
            int length = value.GetArrayLength();
            shape.Add(length);
            if (length == 0)
            {
                break;
            }

            value = value[0];
        }

        return [.. shape];
    }

    /// <summary>Reads all numbers, in the order of the text.</summary>
    /// <param name="value">An array whose shape has been found to be sensible.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="FileProblemException">A list is longer or shorter than its fellows, or something is no finite number.</exception>
    public static double[] ReadArray(JsonElement value, string name)
    {
        long[] shape = ShapeOf(value);
        double[] values = new double[shape.Aggregate((a, b) => a * b)];
        int filled = 0;
        Fill(value, shape, $"\"{name}\"", values, ref filled);
        return values;
    }

    /// <summary>Reads a list of whole numbers.</summary>
    /// <exception cref="FileProblemException">It is none.</exception>
    public static long[] ReadIntegers(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new FileProblemException($"\"{name}\" is {Quote(value)}, but a list of whole numbers is expected.");
        }

        return [.. value.EnumerateArray().Select(item => ReadInteger(item, name))];
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="FileProblemException">It is none.</exception>
    public static long ReadInteger(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number))
        {
            throw new FileProblemException($"{Quote(value)} in \"{name}\" is no whole number.");
        }

        return number;
    }

    private static void Fill(JsonElement value, ReadOnlySpan<long> shape, string place, Span<double> values, ref int filled)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != shape[0])
        {
            throw new FileProblemException($"{place} should be a list of {shape[0]}, as the first of its kind is.");
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (shape.Length > 1)
            {
                Fill(item, shape[1..], $"{place}[{index}]", values, ref filled);
            }
            else
            {
                if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out double number) || !double.IsFinite(number))
                {
                    throw new FileProblemException($"{place}[{index}] is {Quote(item)}, not a finite number.");
                }

                values[filled++] = number;
            }

            index++;
        }
    }

    private static string Quote(JsonElement value) => MessageText.Quote(JsonMarshal.GetRawUtf8Value(value));
}
