namespace GmmNative.Interop.Seam;

/// <summary>
/// A matrix of <see cref="Height"/> values for each row of a chunk, in row strips: the layout, the elements and the height, which belong
/// together. A view like <see cref="Span{T}"/>: it owns no memory.
/// </summary>
/// <remarks>
/// The constructor checks that the elements hold the whole matrix and that strips are of whole vectors; kernels rely on it.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct StripMatrix<T>
    where T : unmanaged
{
    /// <summary>Views elements as a matrix.</summary>
    /// <param name="strips">The layout.</param>
    /// <param name="values">The elements; those behind the matrix are left out.</param>
    /// <param name="height">Values of each row that there is room for.</param>
    /// <exception cref="ArgumentException">The layout is not of whole vectors, the height is negative, or there are too few
    /// elements.</exception>
    public StripMatrix(RowStrips strips, Span<T> values, int height)
    {
        Values = values[..DenseArguments.CheckedLength<T>(strips, height, values.Length)];
        Strips = strips;
        Height = height;
    }

    /// <summary>The layout.</summary>
    public RowStrips Strips { get; }

    /// <summary>The elements, in the order that <see cref="RowStrips"/> describes; no more than the matrix has.</summary>
    public Span<T> Values { get; }

    /// <summary>Values of each row.</summary>
    public int Height { get; }

    /// <summary>One value of all rows of a strip.</summary>
    /// <param name="strip">From 0.</param>
    /// <param name="value">From 0 and below <see cref="Height"/>.</param>
    public Span<T> Line(int strip, int value) => Values.Slice(Strips.LineOffset(strip, value, Height), Strips.RowsOf(strip));

    /// <summary>The same matrix, to be read only.</summary>
    public static implicit operator ReadOnlyStripMatrix<T>(StripMatrix<T> matrix) => new(matrix);
}
