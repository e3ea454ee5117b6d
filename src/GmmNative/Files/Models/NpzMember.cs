using System.Runtime.InteropServices;
using System.Text;
using GmmNative.Errors;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Zip;

namespace GmmNative.Files.Models;

/// <summary>An array of a <c>.npz</c> file whose header has been read and whose size agrees with the archive.</summary>
internal sealed class NpzMember
{
    private const int BytesAtOnce = 1 << 16;

    private readonly Stream _archive;
    private readonly ZipMember _member;
    private readonly string _name;

    private NpzMember(Stream archive, ZipMember member, string name, NpyHeader header)
    {
        _archive = archive;
        _member = member;
        _name = name;
        Header = header;
    }

    /// <summary>Processes a part of the numbers.</summary>
    public delegate void NumbersAction(ReadOnlySpan<double> numbers);

    private delegate void BytesAction(ReadOnlySpan<byte> bytes);

    /// <summary>The element type and shape.</summary>
    public NpyHeader Header { get; }

    /// <summary>Reads the header of an array.</summary>
    /// <param name="archive">The file.</param>
    /// <param name="member">The member of the archive that contains the array.</param>
    /// <param name="name">The name of the array, for messages.</param>
    /// <exception cref="FileProblemException">The array is not a valid .npy, or its sizes do not agree.</exception>
    public static NpzMember Open(Stream archive, ZipMember member, string name) => InArray(name, () =>
    {
        using ChecksumStream stream = member.Open(archive);
        NpyHeader header = NpyHeader.Read(stream, out int offset);
        if (header.DataLength != member.Length - offset)
        {
            throw new FileProblemException(
                $"shape {header.ShapeText} of {header.ElementType} takes {header.DataLength} bytes, but {member.Length - offset} were "
                + "found.");
        }

        return new NpzMember(archive, member, name, header);
    });

    /// <summary>Checks that the elements are numbers.</summary>
    /// <returns>This array.</returns>
    /// <exception cref="FileProblemException">The elements are not numbers.</exception>
    public NpzMember RequireNumbers() => Header.ElementType.IsNumber
        ? this
        : throw new FileProblemException($"array '{_name}' contains {Header.ElementType}, not numbers.");

    /// <summary>Reads all numbers, converted to double, in C order.</summary>
    /// <exception cref="FileProblemException">The data is damaged.</exception>
    public double[] ReadDoubles()
    {
        double[] values = new double[Header.ElementCount];
        int size = Header.ElementType.Size;
        int filled = 0;
        if (Header.IsColumnMajor)
        {
            ColumnMajorPlaces places = new(Header.Shape);
            Scan(numbers =>
            {
                foreach (double number in numbers)
                {
                    values[places.Next()] = number;
                }
            });
        }
        else
        {
            ReadData(1, bytes =>
            {
                NumberDecoder.Widen(bytes, Header.ElementType, values.AsSpan(filled));
                filled += bytes.Length / size;
            });
        }

        return values;
    }

    /// <summary>Streams the numbers in file order, converted to double, without storing them.</summary>
    /// <param name="use">Processes consecutive parts of the numbers.</param>
    /// <exception cref="FileProblemException">The data is damaged.</exception>
    public void Scan(NumbersAction use)
    {
        int size = Header.ElementType.Size;
        double[] part = new double[BytesAtOnce / size];
        ReadData(1, bytes =>
        {
            Span<double> numbers = part.AsSpan(0, bytes.Length / size);
            NumberDecoder.Widen(bytes, Header.ElementType, numbers);
            use(numbers);
        });
    }

    /// <summary>Reads a few whole numbers.</summary>
    /// <exception cref="FileProblemException">
    /// The elements are not whole numbers, more than <paramref name="maximum"/>, in more than one dimension, or damaged.
    /// </exception>
    public long[] ReadIntegers(long maximum)
    {
        if (!Header.ElementType.IsInteger || Header.Shape.Length > 1 || Header.ElementCount > maximum)
        {
            throw new FileProblemException(
                $"array '{_name}' has type {Header.ElementType} and shape {Header.ShapeText}, but at most {maximum} integers in one "
                + "dimension are expected.");
        }

        // Sizes and versions are far below 2^53, up to which a double is exact. Larger values are invalid anyway.
        return Array.ConvertAll(ReadDoubles(), v => (long)v);
    }

    /// <summary>Reads a single string.</summary>
    /// <exception cref="FileProblemException">The array is not a single short string, or is damaged.</exception>
    public string ReadText()
    {
        const int longest = 1 << 12;
        if (Header.ElementType.Kind is not ('U' or 'S') || Header.ElementCount != 1 || Header.ElementType.Size > longest)
        {
            throw new FileProblemException(
                $"array '{_name}' has type {Header.ElementType} and shape {Header.ShapeText}, but one short text is expected.");
        }

        List<byte> all = [];
        ReadData(1, bytes => all.AddRange(bytes));
        Encoding encoding = Header.ElementType.Kind == 'S' ? Encoding.Latin1
            : new UTF32Encoding(Header.ElementType.BigEndian, byteOrderMark: false);
        return encoding.GetString(CollectionsMarshal.AsSpan(all)).TrimEnd('\0');
    }

    /// <summary>Reads a one-dimensional array of strings.</summary>
    /// <param name="count">The required number of strings.</param>
    /// <exception cref="FileProblemException">The elements are not strings, their number is wrong, or they are too long or
    /// damaged.</exception>
    public string[] ReadTexts(int count)
    {
        const long longest = 1 << 25;
        int size = Header.ElementType.Size;
        if (Header.ElementType.Kind is not ('U' or 'S') || Header.Shape.Length != 1 || size == 0 || Header.DataLength > longest)
        {
            throw new FileProblemException(
                $"array '{_name}' has type {Header.ElementType} and shape {Header.ShapeText}, but texts in one dimension are expected.");
        }

        if (Header.Shape[0] != count)
        {
            throw new FileProblemException($"'{_name}' has {Header.Shape[0]} names, but the model has dimension {count}.");
        }

        Encoding encoding = Header.ElementType.Kind == 'S' ? Encoding.UTF8
            : new UTF32Encoding(Header.ElementType.BigEndian, byteOrderMark: false);
        string[] texts = new string[count];
        int filled = 0;
        ReadData(size, bytes =>
        {
            for (; bytes.Length > 0; bytes = bytes[size..])
            {
                // The zeros that pad a shorter string are not decoded.
                int length = bytes[..size].LastIndexOfAnyExcept((byte)0) + 1;
                ReadOnlySpan<byte> text = bytes[..Math.Min(size, (length + sizeof(int) - 1) / sizeof(int) * sizeof(int))];
                texts[filled++] = encoding.GetString(text).TrimEnd('\0');
            }
        });
        return texts;
    }

    /// <param name="size">The size in bytes of a unit that must not be split.</param>
    /// <param name="use">Processes consecutive parts of the data.</param>
    private void ReadData(int size, BytesAction use) => InArray(_name, () =>
    {
        using ChecksumStream stream = _member.Open(_archive);
        _ = NpyHeader.Read(stream, out _);
        byte[] buffer = new byte[Math.Min(Math.Max(BytesAtOnce / size, 1) * size, Header.DataLength)];
        long left = Header.DataLength;
        while (left > 0)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            if (stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
            {
                throw new FileProblemException("it is cut off.");
            }

            use(part);
            left -= part.Length;
        }

        if (stream.ReadByte() >= 0)
        {
            throw new FileProblemException(
                $"it unpacks to more than the {_member.Length} bytes that the directory of the zip archive claims.");
        }

        if (stream.Checksum != _member.Checksum)
        {
            throw new FileProblemException("it is damaged: its checksum is wrong; copy or write the file again.");
        }

        return true;
    });

    /// <summary>Runs a read, and adds the name of the array to its errors.</summary>
    private static T InArray<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FileProblemException e)
        {
            throw new FileProblemException($"array '{name}': {e.Message}", null, e);
        }
    }
}
