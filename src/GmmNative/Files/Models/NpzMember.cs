using System.Runtime.InteropServices;
using System.Text;
using GmmNative.Errors;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Zip;

namespace GmmNative.Files.Models;

/// <summary>One array of a <c>.npz</c> file, whose header has been read and whose size is known to be true as far as can be told.</summary>
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

    /// <summary>Takes some numbers.</summary>
    public delegate void NumbersAction(ReadOnlySpan<double> numbers);

    private delegate void BytesAction(ReadOnlySpan<byte> bytes);

    /// <summary>The element type and shape.</summary>
    public NpyHeader Header { get; }

    /// <summary>Reads the header of an array.</summary>
    /// <param name="archive">The file.</param>
    /// <param name="member">The array's place in it.</param>
    /// <param name="name">The array's name, for messages.</param>
    /// <exception cref="FileProblemException">It is no .npy, or sizes do not agree.</exception>
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
    /// <exception cref="FileProblemException">They are not.</exception>
    public NpzMember RequireNumbers() => Header.ElementType.IsNumber
        ? this
        : throw new FileProblemException($"array '{_name}' holds {Header.ElementType}, not numbers.");

    /// <summary>Reads numbers, widened to double, in C order.</summary>
    /// <exception cref="FileProblemException">They are damaged.</exception>
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

    /// <summary>Goes over the numbers in the order of the file, widened to double, without keeping them.</summary>
    /// <param name="use">Takes some of them, until there are no more.</param>
    /// <exception cref="FileProblemException">They are damaged.</exception>
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
    /// <exception cref="FileProblemException">They are no whole numbers, more than <paramref name="most"/>, in more than one dimension, or
    /// damaged.</exception>
    public long[] ReadIntegers(long most)
    {
        if (!Header.ElementType.IsInteger || Header.Shape.Length > 1 || Header.ElementCount > most)
        {
            throw new FileProblemException(
                $"array '{_name}' has type {Header.ElementType} and shape {Header.ShapeText}, but at most {most} integers in one "
                + "dimension are expected.");
        }

        // Sizes and versions are far below 2^53, up to which a double is exact; beyond, the value is wrong anyway.
        return Array.ConvertAll(ReadDoubles(), v => (long)v);
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
        ReadData(1, bytes => all.AddRange(bytes));
        Encoding encoding = Header.ElementType.Kind == 'S' ? Encoding.Latin1
            : new UTF32Encoding(Header.ElementType.BigEndian, byteOrderMark: false);
        return encoding.GetString(CollectionsMarshal.AsSpan(all)).TrimEnd('\0');
    }

    /// <summary>Reads texts in one dimension.</summary>
    /// <param name="count">How many there have to be.</param>
    /// <exception cref="FileProblemException">They are no texts, of another number, too long, or damaged.</exception>
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
            throw new FileProblemException($"'{_name}' are {Header.Shape[0]} names, but the model has dimension {count}.");
        }

        Encoding encoding = Header.ElementType.Kind == 'S' ? Encoding.UTF8
            : new UTF32Encoding(Header.ElementType.BigEndian, byteOrderMark: false);
        string[] texts = new string[count];
        int filled = 0;
        ReadData(size, bytes =>
        {
            for (; bytes.Length > 0; bytes = bytes[size..])
            {
                // The zeros behind a text that is shorter than the longest are not decoded.
                int length = bytes[..size].LastIndexOfAnyExcept((byte)0) + 1;
                ReadOnlySpan<byte> text = bytes[..Math.Min(size, (length + sizeof(int) - 1) / sizeof(int) * sizeof(int))];
                texts[filled++] = encoding.GetString(text).TrimEnd('\0');
            }
        });
        return texts;
    }

    /// <param name="size">The bytes of what is not to be cut in two.</param>
    /// <param name="use">Takes some of the data, until there is no more.</param>
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

    /// <summary>Does some reading, and names the array in what goes wrong.</summary>
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
