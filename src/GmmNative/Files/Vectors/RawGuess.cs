using System.Runtime.InteropServices;
using GmmNative.Errors;

namespace GmmNative.Files.Vectors;

/// <summary>Finds out whether what is taken for raw 64-bit numbers is something else.</summary>
/// <remarks>
/// 32-bit numbers in pairs: of true 64-bit numbers the low halves are arbitrary bits, or zero: as 32-bit numbers, three of four of them
/// are beyond what data holds. Of pairs the low half is a number like all the others. Integers: read as floating point they are below the
/// smallest
/// normal number, where no data is.
/// </remarks>
internal sealed class RawGuess
{
    private const double Smallest = 1e-10;
    private const double Largest = 1e10;
    private const double MostOutside = 0.2;

    // Of so many true 64-bit numbers four fifths look like pairs once in ten thousand million files.
    private const int Enough = 32;

    // Fewer are enough where all of them do, and the 64-bit numbers are of sizes that a few values of one data set seldom have.
    private const int Fewest = 12;
    private const double SmallestOfFew = 1e-6;
    private const double LargestOfFew = 1e6;

    private const double SmallestNormal = 2.2250738585072014e-308;

    private const int Places = 64;
    private const int NumbersAtAPlace = 64;

    // 64-bit numbers from here on have no fraction, whatever they are.
    private const double LargestWhole = 1L << 52;

    private int _numbers;
    private int _denormal;
    private int _halves;
    private int _outside;
    private bool _isOdd;

    /// <summary>Looks at some numbers of a file, spread evenly; leaves the file at its start.</summary>
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

    /// <summary>Looks at numbers.</summary>
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

    /// <summary>Throws where what was seen are no 64-bit floating-point numbers.</summary>
    /// <exception cref="FileProblemException">They are not.</exception>
    public void ThrowIfWrong()
    {
        if (_denormal >= Fewest && 2 * _denormal > _numbers)
        {
            throw new FileProblemException(
                "its numbers look like integers, not 64-bit floating point: convert them, for example x.astype('float64').tofile(...), "
                + "name 32-bit ones .i32, or give --type f64 if they are not.");
        }

        bool looksLikeSingles = _outside < MostOutside * _halves && (_halves >= Enough || (_halves >= Fewest && _isOdd && _outside == 0));
        if (looksLikeSingles)
        {
            throw new FileProblemException(
                "its numbers look like 32-bit ones, not 64-bit: give --type f32, or --type f64 if they are not.");
        }
    }
}
