using System.IO.Compression;
using GmmNative.Files;

namespace GmmNative.Tests.Files;

/// <summary>Makes <c>.npz</c> files of arrays that tests choose.</summary>
internal sealed class NpzBytes : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly ZipArchive _archive;

    public NpzBytes()
    {
        _archive = new ZipArchive(_stream, ZipArchiveMode.Create, leaveOpen: true);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _stream.Dispose();
    }

    /// <summary>Adds an array of doubles.</summary>
    public NpzBytes Add(string name, long[] shape, double[] values, CompressionLevel level = CompressionLevel.NoCompression) =>
        Add<double>(name, NpyElementType.Float64, shape, values, level);

    /// <summary>Adds an array of any type.</summary>
    public NpzBytes Add<T>(
        string name, NpyElementType type, long[] shape, T[] values, CompressionLevel level = CompressionLevel.NoCompression,
        bool fortranOrder = false)
        where T : unmanaged
    {
        using Stream stream = _archive.CreateEntry($"{name}.npy", level).Open();
        new NpyHeader(type, fortranOrder, shape).Write(stream);
        NumberWriter.WriteRaw<T>(stream, values);
        return this;
    }

    /// <summary>Adds a text, as NumPy's text array without dimensions.</summary>
    public NpzBytes AddText(string name, string text) =>
        Add(name, new NpyElementType('S', text.Length), [], System.Text.Encoding.ASCII.GetBytes(text));

    /// <summary>Ends the archive.</summary>
    public byte[] ToArray()
    {
        _archive.Dispose();
        return _stream.ToArray();
    }
}
