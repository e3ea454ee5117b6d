using System.Globalization;
using System.Text;

namespace GmmNative.Files.Text;

/// <summary>Reads one number of a text file, to the nearest double.</summary>
internal static class FieldNumber
{
    private const ulong LargestExactInteger = 1UL << 53;
    private const int MostExactDigits = 19;

    // The powers of ten that are exact doubles.
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number in the invariant culture; nan, inf and infinity in any case are numbers.</summary>
    /// <param name="field">UTF-8 text without blanks around it.</param>
    /// <param name="value">Receives the number; infinite when its magnitude is beyond all doubles.</param>
    /// <returns>Whether it is a number that a double can hold, is too large for one, or is none.</returns>
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

        // A zero byte at the end is ignored by TryParse, but it is not a number's.
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (field[^1] == 0 || !double.TryParse(field, Style, CultureInfo.InvariantCulture, out value))
        {
            value = 0;
            return FieldKind.Word;
        }

        return double.IsFinite(value) ? FieldKind.Number : FieldKind.TooLarge;
    }

    /// <summary>
    /// The usual case, several times as fast as the general one: digits that make an integer below 2^53, times or divided by an
    /// exact power of ten, is one rounding and therefore the nearest double.
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

        if (count is 0 or > MostExactDigits || digits > LargestExactInteger || !TryReadExponent(field[i..], ref scale)
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
