using System.Globalization;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Seam;

/// <summary>
/// The layout of the rows of a chunk side by side in vector lanes, in strips of <see cref="Width"/> rows. A matrix of h values per row is
/// stored strip after strip, each strip h x <see cref="Width"/>, so that value v of row r is at
/// <c>(r / Width * h + v) * Width + r % Width</c>. The lanes beyond the last row exist, and the products treat them as rows.
/// </summary>
/// <param name="Rows">The number of rows of the chunk.</param>
/// <param name="Width">
/// The number of rows per strip. It is positive, and consists of whole vectors of the widest kind that .NET uses on this processor; 64
/// bytes of elements are always sufficient.
/// </param>
internal readonly record struct RowStrips(int Rows, int Width)
{
    /// <summary>The number of strips.</summary>
    public int Count => (Rows + Width - 1) / Width;

    /// <summary>The number of rows and empty lanes.</summary>
    public int Lanes => Count * Width;

    /// <summary>
    /// Returns the number of values per row that a matrix in strips must have, at least <paramref name="height"/>, because kernels process
    /// whole blocks.
    /// </summary>
    /// <remarks>
    /// Never a multiple of 32, because strips a multiple of 4096 bytes apart would share the same few sets of the first-level cache.
    /// </remarks>
    public static int PaddedHeight(int height)
    {
        int blocks = checked((height + 7) / 8 * 8);
        return blocks % 32 == 0 ? blocks + 8 : blocks;
    }

    /// <summary>Returns the number of elements of a matrix with <paramref name="height"/> values per row.</summary>
    public int Length(int height) => checked(height * Lanes);

    /// <summary>
    /// Returns the offset of value 0 of a row in a matrix with <paramref name="height"/> values per row. The following values are
    /// <see cref="Width"/> elements apart.
    /// </summary>
    public int Offset(int row, int height) => ((row / Width) * height * Width) + (row % Width);

    /// <summary>Returns the number of rows of a strip, without the lanes beyond the last row.</summary>
    public int RowsOf(int strip) => Math.Min(Width, Rows - (strip * Width));

    /// <summary>
    /// Returns the offset of the lanes of one value of a strip in a matrix with <paramref name="height"/> values per row.
    /// </summary>
    public int LineOffset(int strip, int value, int height) => ((strip * height) + value) * Width;

    /// <summary>Returns the number of rows and the width, for messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} rows in strips of {Width}");

    /// <summary>Rounds a number of elements up to whole units of 64 bytes.</summary>
    internal static int WholeVectors<T>(int count)
        where T : unmanaged
    {
        int unit = 64 / Unsafe.SizeOf<T>();
        return checked((count + unit - 1) / unit * unit);
    }
}
