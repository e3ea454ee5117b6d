using System.IO.Compression;
using System.Text;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;

namespace GmmNative.Files.Models;

/// <summary>Writes arrays into a <c>.npz</c> archive, uncompressed. Equal arrays give equal bytes.</summary>
/// <param name="stream">The output. It need not be seekable, and stays open.</param>
internal sealed class NpzWriter(Stream stream) : IDisposable
{
    // The time is part of the file. It is fixed, so that equal models give equal files. It is the earliest time that zip can represent.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Writes numbers.</summary>
    /// <param name="name">The name of the array, without <c>.npy</c>.</param>
    /// <param name="shape">The shape; empty for one number without dimensions.</param>
    /// <param name="values">The numbers, in C order.</param>
    public void Write(string name, long[] shape, ReadOnlySpan<double> values) => Write(name, NpyElementType.Float64, shape, values);

    /// <summary>Writes integers.</summary>
    /// <inheritdoc cref="Write(string, long[], ReadOnlySpan{double})"/>
    public void Write(string name, long[] shape, ReadOnlySpan<long> values) => Write(name, NpyElementType.Int64, shape, values);

    /// <summary>Writes one Boolean.</summary>
    /// <param name="name">The name of the array, without <c>.npy</c>.</param>
    /// <param name="value">The Boolean.</param>
    public void WriteBoolean(string name, bool value) => Write<bool>(name, new NpyElementType('b', sizeof(bool)), [], [value]);

    /// <summary>Writes one text.</summary>
    /// <param name="name">The name of the array, without <c>.npy</c>.</param>
    /// <param name="text">The text.</param>
    public void Write(string name, string text)
    {
        byte[] characters = Encoding.UTF32.GetBytes(text);
        Write<byte>(name, new NpyElementType('U', characters.Length), [], characters);
    }

    /// <summary>Writes a one-dimensional array of texts.</summary>
    /// <param name="name">The name of the array, without <c>.npy</c>.</param>
    /// <param name="texts">The texts, at least one.</param>
    public void Write(string name, IReadOnlyList<string> texts)
    {
        // A NumPy string array has the length of its longest string, at least one character, at four bytes per character. Shorter strings
        // are padded with zeros.
        byte[][] characters = [.. texts.Select(Encoding.UTF32.GetBytes)];
        int size = Math.Max(sizeof(int), characters.Max(text => text.Length));
        byte[] bytes = new byte[checked(size * texts.Count)];
        for (int i = 0; i < texts.Count; i++)
        {
            characters[i].CopyTo(bytes, i * size);
        }

        Write<byte>(name, new NpyElementType('U', size), [texts.Count], bytes);
    }

    /// <summary>Writes the directory of the archive.</summary>
    public void Dispose() => _archive.Dispose();

    private void Write<T>(string name, NpyElementType type, long[] shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ZipArchiveEntry entry = _archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = EntryTime;
        using Stream output = entry.Open();
        new NpyHeader(type, FortranOrder: false, shape).Write(output);
        NumberWriter.WriteRaw(output, values);
    }
}
