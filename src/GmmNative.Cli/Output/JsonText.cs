using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GmmNative.Cli.Output;

/// <summary>Writes JSON documents.</summary>
internal static class JsonText
{
    // The text goes to files and terminals, never into HTML, so only the characters that JSON requires are escaped.
    // Line ends are the same on every platform, as in all output for other programs.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the document that <paramref name="write"/> writes, in UTF-8, with a line end.</summary>
    public static ReadOnlySpan<byte> Make(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            write(json);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    /// <summary>Writes the document to standard output.</summary>
    public static void Print(Action<Utf8JsonWriter> write) =>
        AtomicFile.Write("-", Make(write), static (stream, text) => stream.Write(text));

    /// <summary>Writes a number, or null for NaN and infinities, which JSON cannot represent.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
