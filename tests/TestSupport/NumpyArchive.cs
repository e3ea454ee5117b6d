using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace GmmNative.TestSupport;

/// <summary>
/// Reads float64 arrays of .npz and .npy files for the tests, apart from the library's own readers, so that a mistake in those cannot
/// hide in the expected values.
/// </summary>
public sealed partial class NumpyArchive
{
    private readonly Dictionary<string, double[]> _arrays = [];
    private readonly Dictionary<string, int[]> _shapes = [];

    private NumpyArchive()
    {
    }

    /// <summary>Reads all arrays of a .npz file.</summary>
    public static NumpyArchive Load(string path)
    {
        NumpyArchive result = new();
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            string name = System.IO.Path.GetFileNameWithoutExtension(entry.Name);
            (result._arrays[name], result._shapes[name]) = Parse(bytes.ToArray(), entry.Name);
        }

        return result;
    }

    /// <summary>Reads a .npy file.</summary>
    public static (double[] Values, int[] Shape) LoadArray(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Whether there is an array of that name.</summary>
    public bool Contains(string name) => _arrays.ContainsKey(name);

    /// <summary>An array's values, row-major.</summary>
    public double[] this[string name] => _arrays[name];

    /// <summary>An array's shape.</summary>
    public int[] Shape(string name) => _shapes[name];

    private static (double[] Values, int[] Shape) Parse(byte[] bytes, string name)
    {
        int headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        string header = Encoding.ASCII.GetString(bytes, 10, headerLength);
        if (!header.Contains("'<f8'", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: the tests read float64 only: {header}");
        }

        int[] shape = [.. ShapePattern().Match(header).Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse)];
        double[] values = new double[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(10 + headerLength + (8 * i)));
        }

        if (shape.Length > 1 && header.Contains("True", StringComparison.Ordinal))
        {
            values = shape.Length == 2
                ? [.. Enumerable.Range(0, values.Length).Select(i => values[(i % shape[1] * shape[0]) + (i / shape[1])])]
                : throw new InvalidDataException($"{name}: the tests read Fortran order in two dimensions only: {header}");
        }

        return (values, shape);
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
