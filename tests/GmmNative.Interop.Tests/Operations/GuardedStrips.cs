using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>
/// A matrix in row strips, with elements before and after it that must not be read or written, and elements that must not affect results:
/// the lanes beyond the last row, and the values beyond those of a row. All of them contain NaN, or the numbers of a test.
/// </summary>
internal sealed class GuardedStrips<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Behind = 64;

    private readonly AlignedBuffer<T> _buffer;
    private readonly T[] _original;
    private readonly int _offset;

    /// <param name="strips">The layout.</param>
    /// <param name="values">Values of a row.</param>
    /// <param name="height">Values that there is room for.</param>
    /// <param name="element">The element of a row and value.</param>
    /// <param name="emptyLanes">What the first <paramref name="values"/> values of the lanes beyond the last row hold.</param>
    /// <param name="offset">Elements before the first: 0 puts it on a 64-byte boundary.</param>
    public GuardedStrips(
        RowStrips strips, int values, int height, Func<int, int, double> element, double emptyLanes = double.NaN, int offset = 0)
    {
        (Strips, Values, Height, _offset) = (strips, values, height, offset);
        _buffer = new AlignedBuffer<T>(offset + strips.Length(height) + Behind);
        _buffer.Span.Fill(T.NaN);
        for (int row = 0; row < strips.Lanes; row++)
        {
            for (int value = 0; value < values; value++)
            {
                this[row, value] = T.CreateChecked(row < strips.Rows ? element(row, value) : emptyLanes);
            }
        }

        _original = _buffer.Span.ToArray();
    }

    public RowStrips Strips { get; }

    public int Values { get; }

    public int Height { get; }

    /// <summary>The matrix as the operations take it.</summary>
    public StripMatrix<T> Matrix => new(Strips, Span, Height);

    /// <summary>The matrix and what lies behind it.</summary>
    private Span<T> Span => _buffer.Span[_offset..];

    /// <summary>An element; rows count on into the lanes beyond the last one, values up to the height.</summary>
    public T this[int row, int place]
    {
        get => Span[Offset(row, place)];
        set => Span[Offset(row, place)] = value;
    }

    public static GuardedStrips<T> Random(
        Random random, RowStrips strips, int values, int height, double emptyLanes = double.NaN, int offset = 0) =>
        new(strips, values, height, (_, _) => PaddedMatrix<T>.NextValue(random), emptyLanes, offset);

    /// <summary>Memory for a product with <paramref name="values"/> values per row, filled with NaN.</summary>
    public static GuardedStrips<T> Unset(RowStrips strips, int values, int offset = 0) =>
        new(strips, values, RowStrips.PaddedHeight(values), (_, _) => double.NaN, double.NaN, offset);

    /// <summary>Rows x values.</summary>
    public DenseMatrix ToReference() => Read(Span);

    /// <summary>The elements as they were made.</summary>
    public DenseMatrix OriginalReference() => Read(_original.AsSpan(_offset));

    /// <summary>The elements, row after row, without what lies around them.</summary>
    public IEnumerable<T> Elements()
    {
        for (int row = 0; row < Strips.Rows; row++)
        {
            for (int value = 0; value < Values; value++)
            {
                yield return this[row, value];
            }
        }
    }

    public void AssertUntouched() => AssertUntouched(.._buffer.Length);

    /// <summary>Asserts that nothing before and after the matrix was written.</summary>
    public void AssertNothingAroundTouched()
    {
        AssertUntouched(.._offset);
        AssertUntouched((_offset + Strips.Length(Height))..);
    }

    /// <summary>Asserts that the lanes beyond the last row, and the values beyond those of a row, are zero.</summary>
    public void AssertEmptyIsZero()
    {
        for (int row = 0; row < Strips.Lanes; row++)
        {
            for (int value = row < Strips.Rows ? Values : 0; value < Height; value++)
            {
                if (this[row, value] != T.Zero)
                {
                    Assert.Fail($"Value {value} of lane {row} is {this[row, value]} in {Strips}, {Values} of {Height} values.");
                }
            }
        }
    }

    private void AssertUntouched(Range range)
    {
        Span<T> now = _buffer.Span[range];
        Span<T> before = _original.AsSpan(range);
        for (int i = 0; i < now.Length; i++)
        {
            if (!now[i].Equals(before[i]))
            {
                Assert.Fail($"Element {i} of {range}, of {Strips}, {Height} values, was {before[i]} and is {now[i]}.");
            }
        }
    }

    // From the definition of the layout, not from the code under test.
    private int Offset(int row, int place) => (((row / Strips.Width * Height) + place) * Strips.Width) + (row % Strips.Width);

    private DenseMatrix Read(Span<T> elements)
    {
        var matrix = new DenseMatrix(Strips.Rows, Values);
        for (int row = 0; row < Strips.Rows; row++)
        {
            for (int value = 0; value < Values; value++)
            {
                matrix[row, value] = double.CreateChecked(elements[Offset(row, value)]);
            }
        }

        return matrix;
    }
}
