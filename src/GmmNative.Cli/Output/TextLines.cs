using System.Globalization;

namespace GmmNative.Cli.Output;

/// <summary>Writes numbers to standard output, one a line, in the shortest form that reads back as the same number.</summary>
internal static class TextLines
{
    private const int BufferSize = 1 << 16;

    public static void Write<T>(ReadOnlySpan<T> values)
        where T : ISpanFormattable
    {
        using StreamWriter writer = new(Console.OpenStandardOutput(), bufferSize: BufferSize) { NewLine = "\n" };
        Span<char> text = stackalloc char[64];
        foreach (T value in values)
        {
            // 64 characters hold any double or integer.
            value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
            writer.WriteLine(text[..length]);
        }
    }

    /// <inheritdoc cref="Write{T}(ReadOnlySpan{T})"/>
    public static void Write<T>(T[] values)
        where T : ISpanFormattable => Write<T>(values.AsSpan());
}
