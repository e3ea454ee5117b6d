namespace GmmNative.Interop.Loading;

/// <summary>
/// A look at the file of a library before the system's loader gets it: what is damaged is told in our words, and no loader meets a file
/// that was cut short, of which Linux's dies.
/// </summary>
internal abstract class LibraryFile
{
    /// <summary>What is said of a file that ends too early; a place may follow.</summary>
    protected const string Truncated = "the file is truncated";

    // Far more than any library has; a damaged number must not make us read for long.
    private const int LargestTable = 1 << 24;

    /// <summary>Why the file cannot be loaded into this process, or <see langword="null"/> when nothing speaks against it.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the problem is that it was built for another processor.</summary>
    public bool IsForeign { get; protected set; }

    /// <summary>The names of the libraries that it needs.</summary>
    public IReadOnlyList<string> Needed { get; protected set; } = [];

    /// <summary>Looks at a file of this system's format.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LibraryFile Read(string path) => OperatingSystem.IsWindows() ? PeFile.Read(path) : ElfFile.Read(path);

    /// <summary>Opens a file and looks at it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">Receives what it is.</param>
    protected static TFile Read<TFile>(string path, TFile file)
        where TFile : LibraryFile
    {
        using FileStream stream = File.OpenRead(path);
        file.Problem = stream.Length == 0 ? "the file is empty" : file.Examine(stream);
        return file;
    }

    /// <summary>Reads what there is to know of a file that is not empty, from its start.</summary>
    /// <returns>Why it cannot be loaded, or <see langword="null"/>.</returns>
    protected abstract string? Examine(FileStream stream);

    /// <summary>Whether a piece lies in the file.</summary>
    protected static bool Fits(FileStream stream, long offset, long size) =>
        offset >= 0 && size >= 0 && size <= stream.Length && offset <= stream.Length - size;

    /// <summary>Whether a table is of a size that a library may have.</summary>
    protected static bool IsTableSize(long size) => size is > 0 and <= LargestTable;

    /// <summary>A piece that lies in the file.</summary>
    protected static byte[] ReadBytes(FileStream stream, long offset, long size)
    {
        byte[] bytes = new byte[size];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The text that begins at a place and ends with a zero.</summary>
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
