namespace GmmNative.Interop.Seam;

/// <summary>
/// A matrix of <see cref="Height"/> values per row of a chunk, in row strips: the elements together with their layout and height. It is a
/// view like <see cref="Span{T}"/> and owns no memory.
/// </summary>
/// <remarks>
/// The constructor checks that the elements contain the whole matrix and that strips consist of whole vectors. Kernels rely on this check.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct StripMatrix<T>
    where T : unmanaged
{
    /// <summary>Creates a view of elements as a matrix.</summary>
    /// <param name="strips">The layout.</param>
    /// <param name="values">The elements; further elements are ignored.</param>
    /// <param name="height">The number of values per row.</param>
    /// <exception cref="ArgumentException">
    /// The strips do not consist of whole vectors, the height is negative, or there are too few elements.
    /// </exception>
    public StripMatrix(RowStrips strips, Span<T> values, int height)
    {
        Values = values[..DenseArguments.CheckedLength<T>(strips, height, values.Length)];
        Strips = strips;
        Height = height;
    }

    /// <summary>The layout.</summary>
    public RowStrips Strips { get; }

    /// <summary>The elements, in the order that <see cref="RowStrips"/> describes. The length is exactly that of the matrix.</summary>
    public Span<T> Values { get; }

    /// <summary>The number of values per row.</summary>
    public int Height { get; }

    /// <summary>Returns one value of all rows of a strip.</summary>
    /// <param name="strip">The strip, from 0.</param>
    /// <param name="value">The index of the value, from 0 and below <see cref="Height"/>.</param>
    public Span<T> Line(int strip, int value) => Values.Slice(Strips.LineOffset(strip, value, Height), Strips.RowsOf(strip));

    /// <summary>Converts the matrix to a read-only view.</summary>
    public static implicit operator ReadOnlyStripMatrix<T>(StripMatrix<T> matrix) => new(matrix);
}
