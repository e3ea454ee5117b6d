using System.Globalization;
using GmmNative.Errors;

namespace GmmNative.Files.Numbers;

/// <summary>The element type of a NumPy array: the <c>descr</c> of its header.</summary>
/// <param name="Kind">NumPy's letter: f for floating point, i and u for signed and unsigned integers, b for Booleans, U and S for
/// text.</param>
/// <param name="Size">The number of bytes per element.</param>
/// <param name="BigEndian">Whether the most significant byte of an element comes first.</param>
internal readonly record struct NpyElementType(char Kind, int Size, bool BigEndian = false)
{
    /// <summary>64-bit floating point.</summary>
    public static NpyElementType Float64 => new('f', 8);

    /// <summary>32-bit floating point.</summary>
    public static NpyElementType Float32 => new('f', 4);

    /// <summary>32-bit signed integers.</summary>
    public static NpyElementType Int32 => new('i', 4);

    /// <summary>64-bit signed integers.</summary>
    public static NpyElementType Int64 => new('i', 8);

    /// <summary>Whether elements are numbers (or Booleans, as 0 and 1).</summary>
    public bool IsNumber => Kind is 'f' or 'i' or 'u' or 'b';

    /// <summary>Whether elements are whole numbers.</summary>
    public bool IsInteger => Kind is 'i' or 'u';

    /// <summary>Returns the <c>descr</c>, for example <c>&lt;f8</c>.</summary>
    public override string ToString()
    {
        char order = Kind == 'S' || Size == 1 ? '|' : BigEndian ? '>' : '<';
        return string.Create(CultureInfo.InvariantCulture, $"{order}{Kind}{(Kind == 'U' ? Size / 4 : Size)}");
    }

    /// <summary>Parses a <c>descr</c>.</summary>
    /// <exception cref="FileProblemException">The type is not one of the kinds that <see cref="Kind"/> lists.</exception>
    public static NpyElementType Parse(string descr)
    {
        ReadOnlySpan<char> rest = descr;
        bool bigEndian = rest.StartsWith(">");
        if (rest.Length > 0 && "<>|=".Contains(rest[0], StringComparison.Ordinal))
        {
            rest = rest[1..];
        }

        if (rest.Length > 0 && rest[0] == 'O')
        {
            throw new FileProblemException(
                "it contains Python objects (dtype object); convert them: numbers with x.astype('float64'), text with x.astype('str').");
        }

        // Only digits are allowed. int.TryParse would ignore zero bytes after them.
        if (rest.Length > 1 && !rest[1..].ContainsAnyExceptInRange('0', '9')
            && int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            char kind = rest[0];
            bool known = kind switch
            {
                'f' => size is 2 or 4 or 8,
                'i' or 'u' => size is 1 or 2 or 4 or 8,
                'b' => size == 1,
                'U' => size <= int.MaxValue / 4,
                'S' => true,
                _ => false,
            };
            if (known)
            {
                return new NpyElementType(kind, kind == 'U' ? 4 * size : size, bigEndian);
            }
        }

        throw new FileProblemException(
            $"elements of type {MessageText.Quote(descr)} are not supported; convert them with x.astype('float64').");
    }
}
