using System.Buffers.Binary;

namespace GmmNative.Files.Detection;

/// <summary>
/// Recognizes the oldest MATLAB files (level 4), which have no signature but a header that can be checked for consistency.
/// </summary>
internal static class MatlabHeader
{
    private const int Length = 20;
    private const int MaximumNameLength = 64;

    /// <summary>Recognizes a file by its first bytes.</summary>
    public static ForeignFormat? Recognize(ReadOnlySpan<byte> head)
    {
        if (head.Length < Length + 2)
        {
            return null;
        }

        int type = BinaryPrimitives.ReadInt32LittleEndian(head);
        int rows = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        int columns = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        int imaginary = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        int name = BinaryPrimitives.ReadInt32LittleEndian(head[16..]);

        // The decimal digits of the type are: machine, zero, precision, kind of matrix.
        bool isType = type is >= 0 and <= 52 && type % 10 <= 2;
        bool isShape = rows > 0 && columns > 0 && imaginary is 0 or 1;
        return isType && isShape && name > 1 && name <= MaximumNameLength && head.Length >= Length + name
            && IsName(head.Slice(Length, name))
            ? new ForeignFormat("a MATLAB file (.mat, level 4)", "save its matrix as .csv or .npy (scipy.io.loadmat and numpy.save)",
                IsCertain: false)
            : null;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name[^1] != 0 || !char.IsAsciiLetter((char)name[0]))
        {
            return false;
        }

        foreach (byte character in name[..^1])
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character != (byte)'_')
            {
                return false;
            }
        }

        return true;
    }
}
