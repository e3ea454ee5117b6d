using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Seam;

/// <summary>The argument checks of the dense operations, which are the same for every backend.</summary>
internal static class DenseArguments
{
    /// <summary>Checks that a span contains a rows x columns matrix with the given leading dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the leading dimension is less than the row length.</exception>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public static void CheckMatrix<T>(int rows, int columns, ReadOnlySpan<T> matrix, int leadingDimension, string name)
    {
        if (rows < 0 || columns < 0)
        {
            throw new ArgumentOutOfRangeException(name, $"A matrix cannot have the size {rows} x {columns}.");
        }

        if (leadingDimension < columns)
        {
            throw new ArgumentOutOfRangeException(
                name, $"The leading dimension {leadingDimension} is less than the row length of {columns}.");
        }

        // The last row need not be padded. In long, because the product of two ints may not fit into an int.
        long needed = rows == 0 || columns == 0 ? 0 : ((rows - 1L) * leadingDimension) + columns;
        if (matrix.Length < needed)
        {
            throw new ArgumentException(
                $"A {rows} x {columns} matrix of leading dimension {leadingDimension} needs {needed} elements, but the span has "
                + $"{matrix.Length}.",
                name);
        }
    }

    /// <summary>Checks the sizes of a matrix in row strips, and returns its number of elements.</summary>
    /// <param name="strips">The layout.</param>
    /// <param name="height">The number of values per row.</param>
    /// <param name="available">The number of available elements.</param>
    /// <exception cref="ArgumentException">
    /// The strips do not consist of whole vectors, the height is negative, or there are too few elements.
    /// </exception>
    public static int CheckedLength<T>(RowStrips strips, int height, int available)
    {
        // A layout can be created with any width, but kernels write whole vectors.
        int vector = Math.Max(1, SimdWidth.Bits / (8 * Unsafe.SizeOf<T>()));
        if (strips.Rows < 0 || strips.Width <= 0 || strips.Width % vector != 0)
        {
            throw new ArgumentException($"The layout, {strips}, does not consist of whole vectors of {vector}.", nameof(strips));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(height);
        int lanes = strips.Lanes;
        return available >= (long)height * lanes
            ? height * lanes
            : throw new ArgumentException($"{available} elements are too few for {height} values in {lanes} lanes.", nameof(available));
    }

    /// <summary>Checks that the matrices of one call have the same layout.</summary>
    /// <exception cref="ArgumentException">The layouts differ.</exception>
    public static void CheckSameLayout(RowStrips strips, RowStrips expected)
    {
        if (strips != expected)
        {
            throw new ArgumentException($"The layout, {strips}, is not the expected layout, {expected}.", nameof(strips));
        }
    }

    /// <summary>Checks that a matrix in row strips has as many values per row as an operation reads or writes.</summary>
    /// <exception cref="ArgumentException">The matrix has fewer values per row.</exception>
    public static void CheckHeight(int height, int minimum, string name)
    {
        if (height < minimum)
        {
            throw new ArgumentException($"There are {height} values per row, but {minimum} are needed.", name);
        }
    }

    /// <summary>Checks that indices of values within a row are at least a minimum and below the height.</summary>
    /// <exception cref="ArgumentException">An index is out of range.</exception>
    public static void CheckPlaces(ReadOnlySpan<int> places, int minimum, int height, string name)
    {
        foreach (int place in places)
        {
            if (place < minimum || place >= height)
            {
                throw new ArgumentException($"Index {place} is out of range: a row has {height} values.", name);
            }
        }
    }

    /// <summary>Checks the arguments of <see cref="IDenseOperations{T}.MultiplyStrips"/>.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit each other.</exception>
    public static void CheckMultiplyStrips<T>(
        PackedOperand<T> a, RowStrips expected, ReadOnlyStripMatrix<T> b, ReadOnlySpan<T> bias, StripMatrix<T> c)
        where T : unmanaged
    {
        int height = RowStrips.PaddedHeight(a.M);
        CheckSameLayout(b.Strips, expected);
        CheckSameLayout(c.Strips, expected);
        CheckHeight(b.Height, a.K, nameof(b));
        CheckHeight(c.Height, height, nameof(c));
        if (!bias.IsEmpty && bias.Length < height)
        {
            throw new ArgumentException($"There are {bias.Length} numbers, but {height} are needed.", nameof(bias));
        }
    }

    /// <summary>Checks the arguments of <see cref="IDenseOperations{T}.AddStripProduct"/>.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit each other.</exception>
    public static void CheckAddStripProduct<T>(
        int m, int n, RowStrips expected, ReadOnlyStripMatrix<T> a, ReadOnlyStripMatrix<T> b, ReadOnlySpan<T> c, int ldc)
        where T : unmanaged
    {
        CheckMatrix(m, n, c, ldc, nameof(c));
        CheckSameLayout(a.Strips, expected);
        CheckSameLayout(b.Strips, expected);
        CheckHeight(a.Height, RowStrips.PaddedHeight(m), nameof(a));
        CheckHeight(b.Height, n, nameof(b));
    }

    /// <summary>Checks that a packed operand was created by this kind of backend.</summary>
    /// <exception cref="ArgumentNullException">The operand is null.</exception>
    /// <exception cref="ArgumentException">Another backend created it.</exception>
    public static TPacked CheckPacked<T, TPacked>(PackedOperand<T> packed)
        where T : unmanaged
        where TPacked : PackedOperand<T>
    {
        ArgumentNullException.ThrowIfNull(packed);
        return packed as TPacked
            ?? throw new ArgumentException(
                "The operand was packed by another backend: pack it with the backend that multiplies.", nameof(packed));
    }

    /// <summary>Checks that a packed factor was created by this kind of backend.</summary>
    /// <exception cref="ArgumentNullException">The factor is null.</exception>
    /// <exception cref="ArgumentException">Another backend created it.</exception>
    public static TPacked CheckFactor<T, TPacked>(PackedFactor<T> packed)
        where T : unmanaged
        where TPacked : PackedFactor<T>
    {
        ArgumentNullException.ThrowIfNull(packed);
        return packed as TPacked
            ?? throw new ArgumentException(
                "The factor was packed by another backend: pack it with the backend that solves.", nameof(packed));
    }

    /// <summary>Checks that a triangular factor has no zero on its diagonal, so that it has an inverse.</summary>
    /// <exception cref="ArgumentException">A diagonal element is zero.</exception>
    public static void CheckFactorDiagonal<T>(int n, ReadOnlySpan<T> factor, int leadingDimension, string name)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        for (int i = 0; i < n; i++)
        {
            if (T.IsZero(factor[(int)(i * (leadingDimension + 1L))]))
            {
                throw new ArgumentException($"Diagonal element {i + 1} of the triangular factor is zero: the matrix has no inverse.", name);
            }
        }
    }
}
