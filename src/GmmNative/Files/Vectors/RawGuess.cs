using System.Runtime.InteropServices;
using GmmNative.Errors;

namespace GmmNative.Files.Vectors;

/// <summary>Detects files that are read as raw 64-bit numbers but contain something else.</summary>
/// <remarks>
/// Pairs of 32-bit numbers: the low halves of true 64-bit numbers are arbitrary bits, or zero. Read as 32-bit numbers, three of four such
/// halves have a magnitude that data does not have. In pairs, the low half is a number like all other numbers.
/// Integers: read as floating point, they are below the smallest normal number, where no data is.
/// </remarks>
internal sealed class RawGuess
{
    private const double Smallest = 1e-10;
    private const double Largest = 1e10;
    private const double MaximumShareOutside = 0.2;

    // Four fifths of this many true 64-bit numbers look like pairs in one of ten billion files.
    private const int Enough = 32;

    // Fewer halves are sufficient if all of them look like numbers and the 64-bit numbers have magnitudes that are unusual in one data set.
    private const int MinimumHalves = 12;
    private const double SmallestOfFew = 1e-6;
    private const double LargestOfFew = 1e6;

    private const double SmallestNormal = 2.2250738585072014e-308;

    private const int Places = 64;
    private const int NumbersAtAPlace = 64;

    // 64-bit numbers from this magnitude on have no fraction.
    private const double LargestWhole = 1L << 52;

    private int _numbers;
    private int _denormal;
    private int _halves;
    private int _outside;
    private bool _isOdd;

    /// <summary>Examines numbers spread evenly over a file. Does not move the position of the file.</summary>
    public void Look(FileStream file)
    {
        long count = file.Length / sizeof(double);
        long step = Math.Max(NumbersAtAPlace, count / Places);
        byte[] bytes = new byte[NumbersAtAPlace * sizeof(double)];
        for (long place = 0; place < count; place += step)
        {
            int length = RandomAccess.Read(file.SafeFileHandle, bytes, place * sizeof(double));
            Look(bytes.AsSpan(0, length));
        }
    }

    /// <summary>Examines numbers.</summary>
    public void Look(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<byte, double>(bytes[..(bytes.Length / sizeof(double) * sizeof(double))]);
        ReadOnlySpan<float> halves = MemoryMarshal.Cast<double, float>(numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            double number = Math.Abs(numbers[i]);
            double half = Math.Abs((double)halves[2 * i]);
            _numbers += number > 0 ? 1 : 0;
            _denormal += number is > 0 and < SmallestNormal ? 1 : 0;
            if (half == 0 || (number < LargestWhole && number == Math.Floor(number)))
            {
                continue;
            }

            _halves++;
            _outside += half is >= Smallest and <= Largest ? 0 : 1;
            _isOdd |= number is not (0 or (>= SmallestOfFew and <= LargestOfFew));
        }
    }

    /// <summary>Throws if the examined numbers are not 64-bit floating point.</summary>
    /// <exception cref="FileProblemException">The numbers are not 64-bit floating point.</exception>
    public void ThrowIfWrong()
    {
        if (_denormal >= MinimumHalves && 2 * _denormal > _numbers)
        {
            throw new FileProblemException(
                "its numbers look like integers, not 64-bit floating point: convert them, for example x.astype('float64').tofile(...), "
                + "use the extension .i32 for 32-bit integers, or give --type f64 if they are not integers.");
        }

        bool looksLikeSingles = _outside < MaximumShareOutside * _halves
            && (_halves >= Enough || (_halves >= MinimumHalves && _isOdd && _outside == 0));
        if (looksLikeSingles)
        {
            throw new FileProblemException(
                "its numbers look like 32-bit numbers, not 64-bit: give --type f32, or --type f64 if they are 64-bit.");
        }
    }
}
