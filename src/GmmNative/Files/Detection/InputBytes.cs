using GmmNative.Errors;

namespace GmmNative.Files.Detection;

/// <summary>The bytes of an input. The first bytes can be examined before a reader consumes the input.</summary>
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

    /// <summary>The first 8192 bytes, or all bytes if there are fewer.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>The length in bytes, or <see langword="null"/> if it is known only after reading to the end.</summary>
    public long? Length { get; }

    /// <summary>Whether this is a regular file that can be mapped.</summary>
    public bool IsRegularFile => _stream is FileStream { CanSeek: true };

    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="FileProblemException">The file is missing, a folder, not readable or empty.</exception>
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

    /// <summary>Reads the start of a stream that can be read only once, and takes ownership of the stream.</summary>
    /// <exception cref="FileProblemException">The stream is empty.</exception>
    public static InputBytes FromStream(Stream stream)
    {
        try
        {
            byte[] head = ReadHead(stream);
            return head.Length > 0
                ? new InputBytes(new HeadedStream(head, stream), head, head.Length < HeadLength ? head.Length : null)
                : throw new FileProblemException("it is empty.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Returns the complete input as a stream, which the caller disposes. Can be called once.</summary>
    public Stream Take() =>
        Interlocked.Exchange(ref _stream, null) ?? throw new InvalidOperationException("The input has already been taken.");

    /// <summary>Closes the input, unless it was taken.</summary>
    public void Dispose() => _stream?.Dispose();

    private static byte[] ReadHead(Stream stream)
    {
        byte[] head = new byte[HeadLength];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return length < head.Length ? head[..length] : head;
    }
}
