using System.Globalization;

namespace GmmNative.Cli.Output;

/// <summary>Writes numbers to standard output, one per line, in the shortest form that converts back to the same number.</summary>
internal static class TextLines
{
    private const int BufferSize = 1 << 16;

    /// <exception cref="GmmException">Standard output cannot be written.</exception>
    public static void Write<T>(ReadOnlySpan<T> values)
        where T : ISpanFormattable => AtomicFile.Write("-", values, static (stream, numbers) =>
        {
            using StreamWriter writer = new(stream, bufferSize: BufferSize, leaveOpen: true) { NewLine = "\n" };
            Span<char> text = stackalloc char[64];
            foreach (T value in numbers)
            {
                // 64 characters hold any double or integer.
                value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
                writer.WriteLine(text[..length]);
            }
        });

    /// <inheritdoc cref="Write{T}(ReadOnlySpan{T})"/>
    public static void Write<T>(T[] values)
        where T : ISpanFormattable => Write<T>(values.AsSpan());
}
