using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Tests;

/// <summary>The views that kernels rely on: sizes are checked once, when a view is made.</summary>
public abstract class StripMatrixContract<T> : StripContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Constructor_ElementsBehindTheMatrix_AreLeftOut()
    {
        foreach (RowStrips strips in AllLayouts())
        {
            foreach (int height in (int[])[0, 1, 5, 32])
            {
                T[] elements = new T[strips.Length(height) + 3];
                StripMatrix<T> matrix = new(strips, elements, height);
                ReadOnlyStripMatrix<T> readOnly = new(strips, elements, height);
                ReadOnlyStripMatrix<T> converted = matrix;
                Assert.Equal((strips, height, elements.Length - 3), (matrix.Strips, matrix.Height, matrix.Values.Length));
                Assert.Equal((strips, height, elements.Length - 3), (readOnly.Strips, readOnly.Height, readOnly.Values.Length));
                Assert.True(converted.Values == readOnly.Values && converted.Strips == strips && converted.Height == height);
            }
        }
    }

    [Fact]
    public void Constructor_TooFewElements_Throws()
    {
        foreach (RowStrips strips in AllLayouts().Where(strips => strips.Rows > 0))
        {
            T[] elements = new T[strips.Length(3) - 1];
            AssertAllThrow(() => _ = new StripMatrix<T>(strips, elements, 3), () => _ = new ReadOnlyStripMatrix<T>(strips, elements, 3));
        }
    }

    [Fact]
    public void Constructor_WrongSizes_Throws()
    {
        // Layouts that a kernel would write past, or loop over for ever; a height whose elements do not fit an int.
        T[] elements = new T[96];
        (RowStrips Strips, int Height)[] wrong =
        [
            (default, 3), (new(-1, 16), 3), (new(5, -16), 3), (new(5, 0), 3), (new(5, 16), -1), (new(5, 16), int.MaxValue / 8),
        ];
        AssertAllThrow(
        [
            .. wrong.Select<(RowStrips Strips, int Height), Action>(
                sizes => () => _ = new StripMatrix<T>(sizes.Strips, elements, sizes.Height)),
            .. wrong.Select<(RowStrips Strips, int Height), Action>(
                sizes => () => _ = new ReadOnlyStripMatrix<T>(sizes.Strips, elements, sizes.Height)),
        ]);
    }

    [Fact]
    public void Line_EveryStripAndValue_IsThatValueOfTheStripsRows()
    {
        foreach (RowStrips strips in AllLayouts())
        {
            GuardedStrips<T> guarded = new(strips, 3, 5, (row, value) => (10 * row) + value);
            for (int strip = 0; strip < strips.Count; strip++)
            {
                for (int value = 0; value < 3; value++)
                {
                    int first = strip * strips.Width;
                    int rows = Math.Min(strips.Width, strips.Rows - first);
                    Assert.Equal(
                        Enumerable.Range(first, rows).Select(row => T.CreateChecked((10 * row) + value)),
                        guarded.Matrix.Line(strip, value).ToArray());
                }
            }
        }
    }
}
