using System.Buffers;
using System.Runtime.InteropServices;

namespace GmmNative.Files.Numbers;

/// <summary>Writes numbers to streams without creating strings.</summary>
internal static class NumberWriter
{
    private const int BufferSize = 1 << 16;

    // The longest double in shortest round-trip form has 24 characters.
    private const int MaximumNumberLength = 32;
    private const int ElementsAtOnce = 1 << 20;

    /// <summary>Writes the bytes of numbers, little-endian.</summary>
    public static void WriteRaw<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // Written in parts, because the bytes of a long span may exceed the maximum length of a span.
        while (values.Length > 0)
        {
            int n = Math.Min(values.Length, ElementsAtOnce);
            stream.Write(MemoryMarshal.AsBytes(values[..n]));
            values = values[n..];
        }
    }

    /// <summary>Writes numbers as text that converts back to the same bits.</summary>
    /// <param name="stream">The output.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="separator">The text between two numbers.</param>
    /// <param name="end">The text after the last number.</param>
    public static void WriteText<T>(Stream stream, ReadOnlySpan<T> values, ReadOnlySpan<byte> separator, ReadOnlySpan<byte> end)
        where T : IUtf8SpanFormattable
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int used = 0;
            for (int i = 0; i < values.Length; i++)
            {
                if (buffer.Length - used < MaximumNumberLength + Math.Max(separator.Length, end.Length))
                {
                    stream.Write(buffer, 0, used);
                    used = 0;
                }

                if (!values[i].TryFormat(buffer.AsSpan(used), out int written, default, System.Globalization.CultureInfo.InvariantCulture))
                {
                    throw new InvalidOperationException($"A number takes more than {MaximumNumberLength} characters.");
                }

                used += written;
                ReadOnlySpan<byte> after = i < values.Length - 1 ? separator : end;
                after.CopyTo(buffer.AsSpan(used));
                used += after.Length;
            }

            stream.Write(buffer, 0, used);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
