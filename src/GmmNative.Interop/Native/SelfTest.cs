using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Native;

/// <summary>
/// A few small computations with known results, run once per library and precision. They reject a library with another integer width or
/// calling convention before it can produce wrong models.
/// </summary>
internal static unsafe class SelfTest<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Never read or written by a correct library.
    private static readonly T Untouched = T.CreateChecked(-77);

    /// <summary>Runs the test.</summary>
    /// <exception cref="LibraryRefusedException">A result is wrong; the message names it.</exception>
    public static void Run(NativeTable<T> table)
    {
        // Runs first, because the other calls are safe only if integers are 32 bits wide.
        CheckIntegerWidth(table);

        var operations = new NativeOperations<T>(table);
        T[] a = Numbers(1, 2, 3, 4, 5, 6);
        T[] b = Numbers(1, 0, 2, -1, 3, 1);
        CheckProducts(operations, a, b);

        T[] gram = [T.One, Untouched, T.One, T.One];
        operations.AddSymmetricProduct(2, 3, a, 2, gram, 2);
        Check("syrk", gram, 36, -77, 45, 57);

        // [[4, 2], [2, 5]] = L L' with L = [[2, 0], [1, 2]].
        T[] factor = [T.CreateChecked(4), Untouched, T.CreateChecked(2), T.CreateChecked(5)];
        CheckPivot(operations.Cholesky(2, factor, 2), 0);
        Check("potrf", factor, 2, -77, 1, 2);

        StripMatrix<T> solution = ToStrips(operations.Strips(1), 2, Numbers(4, 6), RowStrips.PaddedHeight(2));
        operations.SolveStrips(operations.PackFactor(2, factor, 2), solution);
        Check("trsm", [solution.Line(0, 0)[0], solution.Line(0, 1)[0]], 2, 2);

        operations.InvertFromCholesky(2, factor, 2);
        Check("potri", factor, 0.3125, -77, -0.125, 0.25);

        T[] indefinite = Numbers(1, 0, 2, 1);
        CheckPivot(operations.Cholesky(2, indefinite, 2), 2);
    }

    private static void CheckProducts(NativeOperations<T> operations, T[] a, T[] b)
    {
        RowStrips strips = operations.Strips(3);
        int height = RowStrips.PaddedHeight(2);
        StripMatrix<T> product = new(strips, new T[strips.Length(height)], height);
        operations.MultiplyStrips(operations.Pack(2, 3, a, 3), ToStrips(strips, 3, b, 3), new T[height], product);
        Check("gemm", [.. product.Line(0, 0)[..2], .. product.Line(0, 1)[..2]], 7, 8, 16, 17);

        T[] sum = Numbers(1, 1, 1, 1);
        operations.AddStripProduct(2, 2, ToStrips(strips, 2, a, height), ToStrips(strips, 2, b, 2), sum, 2);
        Check("gemm", sum, 23, 3, 29, 3);
    }

    /// <summary>Stores rows with the same number of values in strips of a given height.</summary>
    private static StripMatrix<T> ToStrips(RowStrips strips, int values, T[] rows, int height)
    {
        StripMatrix<T> result = new(strips, new T[strips.Length(height)], height);
        for (int i = 0; i < rows.Length; i++)
        {
            result.Values[strips.Offset(i / values, height) + (i % values * strips.Width)] = rows[i];
        }

        return result;
    }

    /// <summary>
    /// Passes integers to potrf in 8 bytes each, with the upper 4 bytes zero, which is correct for both widths. The result overwrites 8
    /// bytes of ones: a library with 32-bit integers leaves the upper half unchanged.
    /// </summary>
    private static void CheckIntegerWidth(NativeTable<T> table)
    {
        byte triangle = (byte)'U';
        long order = 1;
        long leading = 1;
        long info = -1;
        T value = T.CreateChecked(9);
        table.Potrf(&triangle, (int*)&order, &value, (int*)&leading, (int*)&info, 1);
        if (info >> 32 != -1)
        {
            throw new LibraryRefusedException("integer width 64 (ILP64); 32 (LP64) is needed");
        }

        if ((int)info != 0 || value != T.CreateChecked(3))
        {
            throw new LibraryRefusedException($"self-test failed: {Precision} potrf of the matrix 9 gave {value}, info {(int)info}");
        }
    }

    private static string Precision => typeof(T) == typeof(double) ? "double" : "single";

    private static T[] Numbers(params ReadOnlySpan<double> values)
    {
        var numbers = new T[values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = T.CreateChecked(values[i]);
        }

        return numbers;
    }

    private static void Check(string routine, ReadOnlySpan<T> actual, params ReadOnlySpan<double> expected)
    {
        // All results are representable, but a library may multiply by a rounded reciprocal.
        double tolerance = 16 * double.CreateChecked(T.BitIncrement(T.One) - T.One);
        for (int i = 0; i < expected.Length; i++)
        {
            double value = double.CreateChecked(actual[i]);
            if (!(Math.Abs(value - expected[i]) <= tolerance * Math.Abs(expected[i])))
            {
                throw new LibraryRefusedException(
                    FormattableString.Invariant($"self-test failed: {Precision} {routine} gave {value} for {expected[i]}"));
            }
        }
    }

    private static void CheckPivot(int actual, int expected)
    {
        if (actual != expected)
        {
            throw new LibraryRefusedException($"self-test failed: {Precision} potrf reported pivot {actual} for {expected}");
        }
    }
}
