using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>
/// A row-major matrix with elements before, after and between its rows that must not be read or written. They contain NaN, so that reading
/// an element affects the result, and a copy detects writes.
/// </summary>
internal sealed class PaddedMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _buffer;
    private readonly T[] _original;
    private readonly int _offset;

    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="padding">Elements between rows.</param>
    /// <param name="element">The element of a row and column.</param>
    /// <param name="offset">Elements before the first row: 0 puts it on a 64-byte boundary.</param>
    public PaddedMatrix(int rows, int columns, int padding, Func<int, int, double> element, int offset = 0)
    {
        (Rows, Columns, LeadingDimension, _offset) = (rows, columns, columns + padding, offset);
        _buffer = new AlignedBuffer<T>(offset + (rows * LeadingDimension));
        _buffer.Span.Fill(T.NaN);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                Span[(i * LeadingDimension) + j] = T.CreateChecked(element(i, j));
            }
        }

        _original = _buffer.Span.ToArray();
    }

    public int Rows { get; }

    public int Columns { get; }

    public int LeadingDimension { get; }

    public Span<T> Span => _buffer.Span[_offset..];

    public T this[int row, int column] => Span[(row * LeadingDimension) + column];

    public static PaddedMatrix<T> Random(Random random, int rows, int columns, int offset = 0) =>
        new(rows, columns, random.Next(4) * random.Next(4), (_, _) => NextValue(random), offset);

    /// <summary>A value in (-1, 1), representable in single precision, with magnitudes that differ.</summary>
    public static double NextValue(Random random) => (float)((random.NextDouble() - 0.5) * Math.ScaleB(2, -random.Next(6)));

    public DenseMatrix ToReference() => DenseMatrix.Read<T>(Rows, Columns, Span, LeadingDimension);

    /// <summary>The elements as they were made.</summary>
    public DenseMatrix OriginalReference() => DenseMatrix.Read<T>(Rows, Columns, _original.AsSpan(_offset), LeadingDimension);

    /// <summary>The elements, as they are, without what lies around them.</summary>
    public IEnumerable<T> Elements()
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                yield return this[i, j];
            }
        }
    }

    /// <summary>Asserts that nothing was written but the elements that <paramref name="mayChange"/> allows.</summary>
    public void AssertUntouchedBut(Func<int, int, bool> mayChange)
    {
        Span<T> now = _buffer.Span;
        for (int i = 0; i < now.Length; i++)
        {
            (int row, int column) = LeadingDimension == 0 ? (0, 0) : Math.DivRem(i - _offset, LeadingDimension);
            bool allowed = i >= _offset && column < Columns && mayChange(row, column);
            if (!allowed && !now[i].Equals(_original[i]))
            {
                Assert.Fail($"Element {i - _offset} (row {row}, column {column}) was {_original[i]} and is {now[i]}.");
            }
        }
    }

    public void AssertUntouched() => AssertUntouchedBut((_, _) => false);
}
