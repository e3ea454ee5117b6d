using System.IO.Compression;
using System.Text;

namespace GmmNative.Files;

/// <summary>One array of a <c>.npz</c> file, whose header has been read and whose size is known to be true as far as can be told.</summary>
internal sealed class NpzMember
{
    // No byte of deflated data can stand for more than this many bytes of output; a member that claims more is a lie.
    private const long MostDeflateRatio = 1032;
    private const int BytesAtOnce = 1 << 16;

    private readonly ZipArchiveEntry _entry;
    private readonly string _name;

    private NpzMember(ZipArchiveEntry entry, string name, NpyHeader header)
    {
        _entry = entry;
        _name = name;
        Header = header;
    }

    /// <summary>The element type and shape.</summary>
    public NpyHeader Header { get; }

    /// <summary>Finds an array and reads its header.</summary>
    /// <param name="archive">The file.</param>
    /// <param name="name">The array's name, without .npy.</param>
    /// <returns>The array, or <see langword="null"/> if there is none of the name.</returns>
    /// <exception cref="FileProblemException">It is no .npy, or sizes do not agree.</exception>
    public static NpzMember? Find(ZipArchive archive, string name)
    {
        if (archive.GetEntry($"{name}.npy") is not ZipArchiveEntry entry)
        {
            return null;
        }

        try
        {
            using Stream stream = entry.Open();
            NpyHeader header = NpyHeader.Read(stream, out int offset);
            if (header.DataLength != entry.Length - offset)
            {
                throw new FileProblemException(
                    $"shape {header.ShapeText} of {header.ElementType} takes {header.DataLength} bytes, but {entry.Length - offset} were found.");
            }

            if (entry.Length / MostDeflateRatio > entry.CompressedLength)
            {
                throw new FileProblemException($"it claims {entry.Length} bytes, more than its {entry.CompressedLength} compressed bytes can hold.");
            }

            return new NpzMember(entry, name, header);
        }
        catch (FileProblemException e)
        {
            throw new FileProblemException($"array '{name}': {e.Message}", null, e);
        }
    }

    /// <summary>Reads numbers, widened to double, in C order.</summary>
    /// <exception cref="FileProblemException">They are no numbers, or damaged.</exception>
    public double[] ReadDoubles()
    {
        if (!Header.ElementType.IsNumber)
        {
            throw new FileProblemException($"array '{_name}' holds {Header.ElementType}, not numbers.");
        }

        double[] values = new double[Header.ElementCount];
        int size = Header.ElementType.Size;
        int filled = 0;
        ReadData(bytes =>
        {
            NumberDecoder.Widen(bytes, Header.ElementType, values.AsSpan(filled));
            filled += bytes.Length / size;
        });
        return Header.FortranOrder && Header.Shape.Length > 1 ? ToRowMajor(values, Header.Shape) : values;
    }

    /// <summary>Reads a few whole numbers.</summary>
    /// <exception cref="FileProblemException">They are no whole numbers, more than <paramref name="most"/>, in more than one dimension, or damaged.</exception>
    public long[] ReadIntegers(long most)
    {
        if (!Header.ElementType.IsInteger || Header.Shape.Length > 1 || Header.ElementCount > most)
        {
            throw new FileProblemException(
                $"array '{_name}' has type {Header.ElementType} and shape {Header.ShapeText}, but at most {most} integers in one dimension are expected.");
        }

        // Sizes and versions are far below 2^53, up to which a double is exact; beyond, the value is wrong anyway.
        return [.. ReadDoubles().Select(v => (long)v)];
    }

    /// <summary>Reads one text.</summary>
    /// <exception cref="FileProblemException">It is no single text of a sensible length, or damaged.</exception>
    public string ReadText()
    {
        const int longest = 1 << 12;
        if (Header.ElementType.Kind is not ('U' or 'S') || Header.ElementCount != 1 || Header.ElementType.Size > longest)
        {
            throw new FileProblemException(
                $"array '{_name}' has type {Header.ElementType} and shape {Header.ShapeText}, but one short text is expected.");
        }

        List<byte> all = [];
        ReadData(bytes => all.AddRange(bytes));
        Encoding encoding = Header.ElementType.Kind == 'S' ? Encoding.Latin1 : new UTF32Encoding(Header.ElementType.BigEndian, byteOrderMark: false);
        return encoding.GetString([.. all]).TrimEnd('\0');
    }

    /// <summary>Reads texts in one dimension.</summary>
    /// <exception cref="FileProblemException">They are no texts, or too many or too long, or damaged.</exception>
    public string[] ReadTexts()
    {
        const long longest = 1 << 26;
        if (Header.ElementType.Kind is not ('U' or 'S') || Header.Shape.Length != 1 || Header.ElementType.Size == 0
            || Header.DataLength > longest)
        {
            throw new FileProblemException(
                $"array '{_name}' has type {Header.ElementType} and shape {Header.ShapeText}, but texts in one dimension are expected.");
        }

        List<byte> all = [];
        ReadData(bytes => all.AddRange(bytes));
        byte[] characters = [.. all];
        int size = Header.ElementType.Size;
        return [.. Enumerable.Range(0, (int)Header.ElementCount).Select(i => Decode(characters.AsSpan(i * size, size)))];
    }

    private string Decode(ReadOnlySpan<byte> characters)
    {
        Encoding encoding = Header.ElementType.Kind == 'S'
            ? Encoding.UTF8 : new UTF32Encoding(Header.ElementType.BigEndian, byteOrderMark: false);
        return encoding.GetString(characters).TrimEnd('\0');
    }

    private void ReadData(ReadOnlySpanAction use)
    {
        using ChecksumStream stream = new(_entry.Open());
        _ = NpyHeader.Read(stream, out _);

        // A multiple of every element size of numbers.
        byte[] buffer = new byte[Math.Min(BytesAtOnce, Header.DataLength)];
        long left = Header.DataLength;
        while (left > 0)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            if (stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
            {
                throw new FileProblemException($"array '{_name}' is cut off.");
            }

            use(part);
            left -= part.Length;
        }

        if (stream.Checksum != _entry.Crc32)
        {
            throw new FileProblemException($"array '{_name}' is damaged: its checksum is wrong; copy or write the file again.");
        }
    }

    private static double[] ToRowMajor(double[] columnMajor, long[] shape)
    {
        double[] rowMajor = new double[columnMajor.Length];
        int[] index = new int[shape.Length];
        for (int i = 0; i < rowMajor.Length; i++)
        {
            long from = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from = (from * shape[axis]) + index[axis];
            }

            rowMajor[i] = columnMajor[from];
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return rowMajor;
    }

    private delegate void ReadOnlySpanAction(ReadOnlySpan<byte> bytes);
}
