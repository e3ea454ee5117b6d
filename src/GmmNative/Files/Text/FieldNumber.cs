using System.Globalization;
using System.Text;

namespace GmmNative.Files.Text;

/// <summary>Parses a number of a text file to the nearest double.</summary>
internal static class FieldNumber
{
    private const ulong MaximumExactInteger = 1UL << 53;
    private const int MaximumExactDigits = 19;

    // The powers of ten that are exact doubles. In code that is not optimized, a span over constants would allocate at each use.
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Parses a number in the invariant culture. nan, inf and infinity in any case are numbers.</summary>
    /// <param name="field">UTF-8 text without surrounding blanks.</param>
    /// <param name="value">Receives the number; infinity if its magnitude exceeds the range of double.</param>
    /// <returns>The kind of the field.</returns>
    public static FieldKind Parse(ReadOnlySpan<byte> field, out double value)
    {
        if (TryParseShort(field, out value))
        {
            return FieldKind.Number;
        }

        if (field.Length == 0)
        {
            return FieldKind.Empty;
        }

        ReadOnlySpan<byte> unsigned = field[0] is (byte)'+' or (byte)'-' ? field[1..] : field;
        if (unsigned.Length > 0 && !char.IsAsciiDigit((char)unsigned[0]) && unsigned[0] != (byte)'.')
        {
            return ParseName(unsigned, field[0] == (byte)'-', out value);
        }

        // TryParse ignores a zero byte at the end, but such a field is not a number.
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (field[^1] == 0 || !double.TryParse(field, Style, CultureInfo.InvariantCulture, out value))
        {
            value = 0;
            return FieldKind.Word;
        }

        return double.IsFinite(value) ? FieldKind.Number : FieldKind.TooLarge;
    }

    /// <summary>Returns whether a field is a missing value: empty, NA or null in any case. NaN is a number.</summary>
    /// <param name="kind">The kind of the field.</param>
    /// <param name="field">UTF-8 text without surrounding blanks.</param>
    public static bool IsMissing(FieldKind kind, ReadOnlySpan<byte> field) =>
        kind == FieldKind.Empty
        || (kind == FieldKind.Word && (Ascii.EqualsIgnoreCase(field, "na"u8) || Ascii.EqualsIgnoreCase(field, "null"u8)));

    /// <summary>
    /// Parses the common case, several times as fast as the general method. An integer below 2^53 multiplied or divided by an exact power
    /// of ten is rounded once, so the result is the nearest double.
    /// </summary>
    private static bool TryParseShort(ReadOnlySpan<byte> field, out double value)
    {
        value = 0;
        int i = 0;
        bool negative = false;
        if (field.Length > 0 && field[0] is (byte)'-' or (byte)'+')
        {
            negative = field[0] == (byte)'-';
            i = 1;
        }

        ulong digits = 0;
        int count = 0;
        int scale = 0;
        bool afterPoint = false;
        for (; i < field.Length; i++)
        {
            uint digit = (uint)field[i] - '0';
            if (digit <= 9)
            {
                digits = (10 * digits) + digit;
                count++;
                scale -= afterPoint ? 1 : 0;
            }
            else if (field[i] == (byte)'.' && !afterPoint)
            {
                afterPoint = true;
            }
            else
            {
                break;
            }
        }

        if (count is 0 or > MaximumExactDigits || digits > MaximumExactInteger || !TryReadExponent(field[i..], ref scale)
            || Math.Abs(scale) >= PowersOfTen.Length)
        {
            return false;
        }

        double magnitude = scale < 0 ? digits / PowersOfTen[-scale] : digits * PowersOfTen[scale];
        value = negative ? -magnitude : magnitude;
        return true;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int scale)
    {
        if (text.Length == 0)
        {
            return true;
        }

        if (text[0] is not ((byte)'e' or (byte)'E') || text.Length > 5)
        {
            return false;
        }

        text = text[1..];
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        text = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (text.Length == 0)
        {
            return false;
        }

        int exponent = 0;
        foreach (byte character in text)
        {
            uint digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            exponent = (10 * exponent) + (int)digit;
        }

        scale += negative ? -exponent : exponent;
        return true;
    }

    private static FieldKind ParseName(ReadOnlySpan<byte> name, bool negative, out double value)
    {
        if (Ascii.EqualsIgnoreCase(name, "nan"u8))
        {
            value = double.NaN;
            return FieldKind.Number;
        }

        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(name, "inf"u8) || Ascii.EqualsIgnoreCase(name, "infinity"u8) ? FieldKind.Number : FieldKind.Word;
    }
}
