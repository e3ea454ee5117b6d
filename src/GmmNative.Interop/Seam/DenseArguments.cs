using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Seam;

/// <summary>The argument checks of the dense operations, the same for every backend.</summary>
internal static class DenseArguments
{
    /// <summary>Checks that a span holds a rows x columns matrix of the given leading dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the leading dimension is less than a row.</exception>
    /// <exception cref="ArgumentException">The span ends before the matrix does.</exception>
    public static void CheckMatrix<T>(int rows, int columns, ReadOnlySpan<T> matrix, int leadingDimension, string name)
    {
        if (rows < 0 || columns < 0)
        {
            throw new ArgumentOutOfRangeException(name, $"A matrix cannot be {rows} x {columns}.");
        }

        if (leadingDimension < columns)
        {
            throw new ArgumentOutOfRangeException(
                name, $"The leading dimension {leadingDimension} is less than the row's {columns} elements.");
        }

        // The last row need not be padded. In long: the product of two ints may not fit one.
        long needed = rows == 0 || columns == 0 ? 0 : ((rows - 1L) * leadingDimension) + columns;
        if (matrix.Length < needed)
        {
            throw new ArgumentException(
                $"A {rows} x {columns} matrix of leading dimension {leadingDimension} has {needed} elements; the span has {matrix.Length}.",
                name);
        }
    }

    /// <summary>Checks that a span holds a matrix in row strips.</summary>
    /// <exception cref="ArgumentException">The layout is none or another backend's, the height too small or the span too short.</exception>
    public static void CheckStrips<T>(
        RowStrips strips, RowStrips expected, int leastHeight, int height, ReadOnlySpan<T> matrix, string name)
    {
        // Anybody can make a layout of any width, and kernels write whole vectors.
        int vector = Math.Max(1, SimdWidth.Bits / (8 * Unsafe.SizeOf<T>()));
        if (strips.Rows < 0 || strips.Width <= 0 || strips.Width % vector != 0)
        {
            throw new ArgumentException($"The layout, {strips}, is not of whole vectors of {vector}.", nameof(strips));
        }

        if (strips != expected)
        {
            throw new ArgumentException($"The layout, {strips}, is not this backend's, {expected}.", nameof(strips));
        }

        if (height < leastHeight)
        {
            throw new ArgumentException($"{height} values a row are fewer than the {leastHeight} needed.", name);
        }

        if (matrix.Length < (long)height * strips.Lanes)
        {
            throw new ArgumentException($"{matrix.Length} elements cannot hold {height} values for {strips.Lanes} lanes.", name);
        }
    }

    /// <summary>Checks the arguments of <see cref="IDenseOperations{T}.MultiplyStrips"/>.</summary>
    /// <exception cref="ArgumentException">One does not fit.</exception>
    public static void CheckMultiplyStrips<T>(
        PackedOperand<T> a, RowStrips strips, RowStrips expected, ReadOnlySpan<T> b, int heightB, ReadOnlySpan<T> bias, ReadOnlySpan<T> c)
        where T : unmanaged
    {
        int height = RowStrips.PaddedHeight(a.M);
        CheckStrips(strips, expected, a.K, heightB, b, nameof(b));
        CheckStrips(strips, expected, height, height, c, nameof(c));
        if (!bias.IsEmpty && bias.Length < height)
        {
            throw new ArgumentException($"{bias.Length} numbers are fewer than the {height} needed.", nameof(bias));
        }
    }

    /// <summary>Checks the arguments of <see cref="IDenseOperations{T}.AddStripProduct"/>.</summary>
    /// <exception cref="ArgumentException">One does not fit.</exception>
    public static void CheckAddStripProduct<T>(
        int m, int n, RowStrips strips, RowStrips expected, ReadOnlySpan<T> a, int heightA, ReadOnlySpan<T> b, int heightB,
        ReadOnlySpan<T> c, int ldc)
    {
        CheckMatrix(m, n, c, ldc, nameof(c));
        CheckStrips(strips, expected, RowStrips.PaddedHeight(m), heightA, a, nameof(a));
        CheckStrips(strips, expected, n, heightB, b, nameof(b));
    }

    /// <summary>Checks that a packed operand is of the form this backend makes.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    /// <exception cref="ArgumentException">Another backend made it.</exception>
    public static TPacked CheckPacked<T, TPacked>(PackedOperand<T> packed)
        where T : unmanaged
        where TPacked : PackedOperand<T>
    {
        ArgumentNullException.ThrowIfNull(packed);
        return packed as TPacked
            ?? throw new ArgumentException(
                "The operand was packed by another backend; pack it with the one that multiplies.", nameof(packed));
    }

    /// <summary>Checks that a packed factor is of the form this backend makes.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    /// <exception cref="ArgumentException">Another backend made it.</exception>
    public static TPacked CheckFactor<T, TPacked>(PackedFactor<T> packed)
        where T : unmanaged
        where TPacked : PackedFactor<T>
    {
        ArgumentNullException.ThrowIfNull(packed);
        return packed as TPacked
            ?? throw new ArgumentException("The factor was packed by another backend; pack it with the one that solves.", nameof(packed));
    }

    /// <summary>Checks that a triangular factor is invertible: no zero on its diagonal.</summary>
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
