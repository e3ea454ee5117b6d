using GmmNative.Errors;

namespace GmmNative.Files.Detection;

/// <summary>The bytes of an input, of which the first can be looked at before any reader takes them.</summary>
internal sealed class InputBytes : IDisposable
{
    private const int HeadLength = 1 << 13;

    private Stream? _stream;

    private InputBytes(Stream stream, byte[] head, long? length)
    {
        _stream = stream;
        Head = head;
        Length = length;
    }

    /// <summary>The first bytes: all of them where there are fewer than 8192.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>The length in bytes; <see langword="null"/> where only reading to the end can tell.</summary>
    public long? Length { get; }

    /// <summary>Whether this is a regular file that can be mapped.</summary>
    public bool IsRegularFile => _stream is FileStream { CanSeek: true };

    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="FileProblemException">It is missing, a folder, not readable or empty.</exception>
    public static InputBytes Open(string path)
    {
        if (path == InputFile.Standard)
        {
            return FromStream(InputFile.OpenStandard());
        }

        FileStream file = InputFile.Open(path, sequential: false);
        if (!file.CanSeek)
        {
            return FromStream(file);
        }

        try
        {
            byte[] head = ReadHead(file);
            file.Position = 0;
            return new InputBytes(file, head, file.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Looks at the start of a stream that can be read once, and takes it over.</summary>
    /// <exception cref="FileProblemException">There is nothing in it.</exception>
    public static InputBytes FromStream(Stream stream)
    {
        try
        {
            byte[] head = ReadHead(stream);
            return head.Length > 0
                ? new InputBytes(new HeadedStream(head, stream), head, head.Length < HeadLength ? head.Length : null)
                : throw new FileProblemException("there is nothing in it.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The bytes from the first one on; the caller disposes it. Once only.</summary>
    public Stream Take() => Interlocked.Exchange(ref _stream, null) ?? throw new InvalidOperationException("The bytes were taken before.");

    /// <summary>Closes the input unless it was taken.</summary>
    public void Dispose() => _stream?.Dispose();

    private static byte[] ReadHead(Stream stream)
    {
        byte[] head = new byte[HeadLength];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return length < head.Length ? head[..length] : head;
    }
}
