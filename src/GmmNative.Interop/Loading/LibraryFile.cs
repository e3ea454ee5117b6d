namespace GmmNative.Interop.Loading;

/// <summary>
/// Checks the file of a library before the system's loader opens it. Damage is reported with a clear message, and truncated files, which
/// crash the Linux loader, never reach it.
/// </summary>
internal abstract class LibraryFile
{
    /// <summary>The message for a file that ends too early. A location may follow.</summary>
    protected const string Truncated = "the file is truncated";

    // Far more than any library has. A damaged number must not cause a long read.
    private const int MaximumTableSize = 1 << 24;

    /// <summary>Why the file cannot be loaded into this process, or <see langword="null"/> if no problem was found.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the problem is that the library was built for another processor.</summary>
    public bool IsForeign { get; protected set; }

    /// <summary>The names of the libraries that this library needs.</summary>
    public IReadOnlyList<string> Needed { get; protected set; } = [];

    /// <summary>Examines a file in the library format of this system.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LibraryFile Read(string path) => OperatingSystem.IsWindows() ? PeFile.Read(path) : ElfFile.Read(path);

    /// <summary>Opens and examines a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">Receives the result.</param>
    protected static TFile Read<TFile>(string path, TFile file)
        where TFile : LibraryFile
    {
        using FileStream stream = File.OpenRead(path);
        file.Problem = stream.Length == 0 ? "the file is empty" : file.Examine(stream);
        return file;
    }

    /// <summary>Examines a file that is not empty, from its start.</summary>
    /// <returns>Why the file cannot be loaded, or <see langword="null"/>.</returns>
    protected abstract string? Examine(FileStream stream);

    /// <summary>Whether a range lies in the file.</summary>
    protected static bool Fits(FileStream stream, long offset, long size) =>
        offset >= 0 && size >= 0 && size <= stream.Length && offset <= stream.Length - size;

    /// <summary>Whether the size of a table is plausible.</summary>
    protected static bool IsTableSize(long size) => size is > 0 and <= MaximumTableSize;

    /// <summary>Reads a range, which must lie in the file.</summary>
    protected static byte[] ReadBytes(FileStream stream, long offset, long size)
    {
        byte[] bytes = new byte[size];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Returns the zero-terminated string at an offset.</summary>
    protected static string TextAt(ReadOnlySpan<byte> bytes, long offset)
    {
        if (offset < 0 || offset >= bytes.Length)
        {
            return "";
        }

        ReadOnlySpan<byte> rest = bytes[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
