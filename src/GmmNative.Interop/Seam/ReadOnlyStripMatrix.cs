namespace GmmNative.Interop.Seam;

/// <summary>A read-only <see cref="StripMatrix{T}"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct ReadOnlyStripMatrix<T>
    where T : unmanaged
{
    /// <inheritdoc cref="StripMatrix{T}(RowStrips, Span{T}, int)"/>
    public ReadOnlyStripMatrix(RowStrips strips, ReadOnlySpan<T> values, int height)
    {
        Values = values[..DenseArguments.CheckedLength<T>(strips, height, values.Length)];
        Strips = strips;
        Height = height;
    }

    /// <summary>Creates a view of a matrix that has been checked.</summary>
    internal ReadOnlyStripMatrix(StripMatrix<T> matrix)
    {
        Values = matrix.Values;
        Strips = matrix.Strips;
        Height = matrix.Height;
    }

    /// <inheritdoc cref="StripMatrix{T}.Strips"/>
    public RowStrips Strips { get; }

    /// <inheritdoc cref="StripMatrix{T}.Values"/>
    public ReadOnlySpan<T> Values { get; }

    /// <inheritdoc cref="StripMatrix{T}.Height"/>
    public int Height { get; }
}
