using System.Globalization;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Seam;

/// <summary>
/// How the rows of a chunk lie side by side in vector lanes: in strips of <see cref="Width"/> rows. A matrix of h values for each row is
/// stored strip after strip, each strip h x <see cref="Width"/>, so that value v of row r is at
/// <c>(r / Width * h + v) * Width + r % Width</c>. The lanes beyond the last row are there, and count as rows for the products.
/// </summary>
/// <param name="Rows">Rows of the chunk.</param>
/// <param name="Width">
/// Rows of a strip, positive and whole vectors of the widest kind that .NET uses on this processor; 64 bytes' worth of elements are always.
/// </param>
internal readonly record struct RowStrips(int Rows, int Width)
{
    /// <summary>Number of strips.</summary>
    public int Count => (Rows + Width - 1) / Width;

    /// <summary>Rows and empty lanes.</summary>
    public int Lanes => Count * Width;

    /// <summary>
    /// The number of values that a matrix in strips must have for each row, at least <paramref name="height"/>: kernels work on whole
    /// blocks.
    /// </summary>
    /// <remarks>
    /// Never a multiple of 32: strips a multiple of 4096 bytes apart would share the same few sets of the first-level cache.
    /// </remarks>
    public static int PaddedHeight(int height)
    {
        int blocks = checked((height + 7) / 8 * 8);
        return blocks % 32 == 0 ? blocks + 8 : blocks;
    }

    /// <summary>Elements of a matrix of <paramref name="height"/> values a row.</summary>
    public int Length(int height) => checked(height * Lanes);

    /// <summary>
    /// Where value 0 of a row lies in a matrix of <paramref name="height"/> values a row; the others follow <see cref="Width"/> apart.
    /// </summary>
    public int Offset(int row, int height) => ((row / Width) * height * Width) + (row % Width);

    /// <summary>Rows of a strip: its lanes, less those beyond the last row.</summary>
    public int RowsOf(int strip) => Math.Min(Width, Rows - (strip * Width));

    /// <summary>Where the lanes of one value of a strip's rows begin in a matrix of <paramref name="height"/> values a row.</summary>
    public int LineOffset(int strip, int value, int height) => ((strip * height) + value) * Width;

    /// <summary>Rows and width, for messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} rows in strips of {Width}");

    /// <summary>A number of elements, at least <paramref name="count"/>, that are whole units of 64 bytes.</summary>
    internal static int WholeVectors<T>(int count)
        where T : unmanaged
    {
        int unit = 64 / Unsafe.SizeOf<T>();
        return checked((count + unit - 1) / unit * unit);
    }
}
