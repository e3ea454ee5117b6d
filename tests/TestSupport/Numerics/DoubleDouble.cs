using System.Globalization;

namespace GmmNative.TestSupport;

/// <summary>
/// A number of about 31 decimal digits, the unevaluated sum of two doubles: the arithmetic of the reference computations.
/// </summary>
/// <remarks>
/// Relative error of one operation: at most 2^-103 or so for sums, products, quotients and roots (Joldes, Muller, Popescu 2017),
/// about 30 digits for exp and log. The range is that of double; infinities and NaN are not carried through sensibly.
/// </remarks>
public readonly struct DoubleDouble : IComparable<DoubleDouble>
{
    private DoubleDouble(double high, double low)
    {
        High = high;
        Low = low;
    }

    /// <summary>The nearest double.</summary>
    public double High { get; }

    /// <summary>What is left, at most half a unit in the last place of <see cref="High"/>.</summary>
    public double Low { get; }

    public static DoubleDouble Zero => default;

    public static DoubleDouble One => new(1, 0);

    /// <summary>2 pi.</summary>
    public static DoubleDouble TwoPi { get; } = Parse("6.28318530717958647692528676655900576839");

    /// <summary>The natural logarithm of 2.</summary>
    public static DoubleDouble Ln2 { get; } = Parse("0.693147180559945309417232121458176568076");

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High;

    public static bool operator <(DoubleDouble left, DoubleDouble right) => left.CompareTo(right) < 0;

    public static bool operator >(DoubleDouble left, DoubleDouble right) => left.CompareTo(right) > 0;

    public static bool operator <=(DoubleDouble left, DoubleDouble right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DoubleDouble left, DoubleDouble right) => left.CompareTo(right) >= 0;

    public static DoubleDouble operator -(DoubleDouble value) => new(-value.High, -value.Low);

    public static DoubleDouble operator +(DoubleDouble left, DoubleDouble right)
    {
        (double sum, double error) = TwoSum(left.High, right.High);
        (double lowSum, double lowError) = TwoSum(left.Low, right.Low);
        (sum, error) = FastTwoSum(sum, error + lowSum);
        return Normalized(sum, error + lowError);
    }

    public static DoubleDouble operator -(DoubleDouble left, DoubleDouble right) => left + -right;

    public static DoubleDouble operator *(DoubleDouble left, DoubleDouble right)
    {
        double product = left.High * right.High;
        double error = Math.FusedMultiplyAdd(left.High, right.High, -product);
        double cross = Math.FusedMultiplyAdd(left.High, right.Low, (left.Low * right.High) + (left.Low * right.Low));
        return Normalized(product, error + cross);
    }

    public static DoubleDouble operator /(DoubleDouble left, DoubleDouble right)
    {
        // Long division, three digits of 53 bits.
        double first = left.High / right.High;
        DoubleDouble rest = left - (right * first);
        double second = rest.High / right.High;
        rest -= right * second;
        return Normalized(first, second) + (rest.High / right.High);
    }

    /// <summary>The square root; NaN below zero.</summary>
    public static DoubleDouble Sqrt(DoubleDouble value)
    {
        if (value.High <= 0)
        {
            return Math.Sqrt(value.High);
        }

        // One Newton step doubles the digits of the double root; a second removes the last bits of error.
        DoubleDouble root = Math.Sqrt(value.High);
        root += (value - (root * root)) / (2 * root.High);
        return root + ((value - (root * root)) / (2 * root.High));
    }

    /// <summary>e to the power of <paramref name="value"/>, for values whose result is a normal double.</summary>
    public static DoubleDouble Exp(DoubleDouble value)
    {
        // exp(x) = 2^n exp(r / 512)^512 with |r| <= ln 2 / 2; exp(y) - 1 is squared up, which loses nothing to cancellation.
        const int Halvings = 9;
        int exponent = (int)Math.Round(value.High / Ln2.High);
        DoubleDouble rest = (value - (Ln2 * exponent)) * Math.ScaleB(1, -Halvings);

        DoubleDouble term = rest;
        DoubleDouble lessOne = rest;
        for (int i = 2; i <= 11; i++)
        {
            term = term * rest / i;
            lessOne += term;
        }

        for (int i = 0; i < Halvings; i++)
        {
            lessOne = (lessOne * 2) + (lessOne * lessOne);
        }

        DoubleDouble result = lessOne + 1;
        return new DoubleDouble(Math.ScaleB(result.High, exponent), Math.ScaleB(result.Low, exponent));
    }

    /// <summary>The natural logarithm of a positive number.</summary>
    public static DoubleDouble Log(DoubleDouble value)
    {
        // Newton on exp(y) = x, on the mantissa alone so that exp stays in range; each step doubles the digits.
        int exponent = Math.ILogB(value.High);
        var mantissa = new DoubleDouble(Math.ScaleB(value.High, -exponent), Math.ScaleB(value.Low, -exponent));
        DoubleDouble log = Math.Log(mantissa.High);
        log += (mantissa * Exp(-log)) - 1;
        log += (mantissa * Exp(-log)) - 1;
        return log + (Ln2 * exponent);
    }

    public static DoubleDouble Abs(DoubleDouble value) => value.High < 0 || (value.High == 0 && value.Low < 0) ? -value : value;

    public static DoubleDouble Max(DoubleDouble left, DoubleDouble right) => left < right ? right : left;

    /// <summary>Reads a plain decimal number such as -12.34, without exponent, to the last digit it can hold.</summary>
    public static DoubleDouble Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        DoubleDouble digits = Zero;
        DoubleDouble scale = One;
        bool behindPoint = false;
        foreach (char c in text.TrimStart('-'))
        {
            if (c == '.' && !behindPoint)
            {
                behindPoint = true;
                continue;
            }

            if (!char.IsAsciiDigit(c))
            {
                throw new FormatException($"'{text}' is no plain decimal number.");
            }

            digits = (digits * 10) + (c - '0');
            scale = behindPoint ? scale * 10 : scale;
        }

        DoubleDouble value = digits / scale;
        return text.StartsWith('-') ? -value : value;
    }

    /// <inheritdoc/>
    public int CompareTo(DoubleDouble other)
    {
        int high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    public override bool Equals(object? obj) => obj is DoubleDouble other && CompareTo(other) == 0;

    public override int GetHashCode() => HashCode.Combine(High, Low);

    /// <summary>Both parts, exactly.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:R} {(Low < 0 ? '-' : '+')} {Math.Abs(Low):R}");

    public static bool operator ==(DoubleDouble left, DoubleDouble right) => left.CompareTo(right) == 0;

    public static bool operator !=(DoubleDouble left, DoubleDouble right) => left.CompareTo(right) != 0;

    private static DoubleDouble Normalized(double high, double low)
    {
        (double sum, double error) = FastTwoSum(high, low);
        return new DoubleDouble(sum, error);
    }

    private static (double Sum, double Error) TwoSum(double left, double right)
    {
        double sum = left + right;
        double part = sum - left;
        return (sum, (left - (sum - part)) + (right - part));
    }

    private static (double Sum, double Error) FastTwoSum(double larger, double smaller)
    {
        double sum = larger + smaller;
        return (sum, smaller - (sum - larger));
    }
}
