using GmmNative.Errors;

namespace GmmNative.Files.Models;

/// <summary>Reads the bytes of a model that is not in a file, and determines their format.</summary>
internal static class ModelBytes
{
    private const int BytesAtOnce = 1 << 16;

    // Below this size, the available memory need not be checked.
    private const long FreeBytes = 50_000_000;

    /// <summary>Determines the format from the first bytes.</summary>
    /// <param name="stream">A seekable stream at the first byte of the model. Its position does not change.</param>
    /// <param name="request">The requested shape. A <c>.gmm</c> has no signature, and is recognized only if its K and D are known.</param>
    /// <exception cref="FileProblemException">The format is unknown, or the stream is empty.</exception>
    public static ModelFileFormat FormatOf(Stream stream, ModelRequest request)
    {
        Span<byte> head = stackalloc byte[64];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8))
        {
            return ModelFileFormat.Npz;
        }

        if (IsJson(head))
        {
            return ModelFileFormat.Json;
        }

        bool isKnown = request.ComponentCount is not null && (request.Dimension ?? request.Structure?.Dimension) is not null;
        return isKnown
            ? ModelFileFormat.Sptk
            : throw new FileProblemException(
                "its first bytes are neither those of .npz nor of .json. A .gmm can be read if its dimension and its number of "
                + "components are given.");
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="FileProblemException">The contents do not fit into memory.</exception>
    public static MemoryStream ReadAll(Stream stream, CancellationToken cancellationToken)
    {
        MemoryStream result = new();
        byte[] buffer = new byte[BytesAtOnce];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Append(result, buffer.AsSpan(0, read));
        }

        result.Position = 0;
        return result;
    }

    /// <summary>Reads a stream to its end without blocking a thread.</summary>
    /// <exception cref="FileProblemException">The contents do not fit into memory.</exception>
    public static async Task<MemoryStream> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        MemoryStream result = new();
        byte[] buffer = new byte[BytesAtOnce];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            Append(result, buffer.AsSpan(0, read));
        }

        result.Position = 0;
        return result;
    }

    private static void Append(MemoryStream result, ReadOnlySpan<byte> bytes)
    {
        long length = result.Length + bytes.Length;
        if (length > Array.MaxLength)
        {
            throw new FileProblemException(
                $"a stream can have at most {Array.MaxLength} bytes: save the model to a file, and load the file.");
        }

        if (length > result.Capacity && length > FreeBytes)
        {
            AvailableMemory.Require(2.0 * length, "a stream of a model");
        }

        result.Write(bytes);
    }

    // A brace alone could be the first byte of a number.
    private static bool IsJson(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> blanks = " \t\r\n"u8;
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        head = (head.StartsWith(mark) ? head[mark.Length..] : head).TrimStart(blanks);
        return head is [(byte)'{', ..] && head[1..].TrimStart(blanks) is ([] or [(byte)'"' or (byte)'}', ..]);
    }
}
