using System.Numerics;
using CommunityToolkit.HighPerformance;
using GmmNative.Data.Sources;

namespace GmmNative;

/// <summary>Short ways to make an <see cref="IVectorSource"/>.</summary>
/// <example>
/// <code>
/// IVectorSource first = VectorSource.From(new double[,] { { 1, 2 }, { 3, 4 } });
/// IVectorSource second = VectorSource.From((float[][])[[5, 6], [7, 8]]);
/// using IVectorSource all = VectorSource.Concatenate([first, second]);
/// using IVectorSource column = VectorSource.SelectColumns(all, [1]);
/// </code>
/// </example>
public static class VectorSource
{
    /// <summary>Rows in memory, read in place: they must not change while the source is in use. A <c>double[,]</c> goes here too.</summary>
    /// <param name="rows">T x D, row-major; D at least 1.</param>
    /// <exception cref="ArgumentException">There are no columns.</exception>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<double> rows) => new MemoryVectorSource<double>(rows);

    /// <summary>Rows in memory, read in place: they must not change while the source is in use. A <c>float[,]</c> goes here too.</summary>
    /// <inheritdoc cref="From(ReadOnlyMemory2D{double})"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<float> rows) => new MemoryVectorSource<float>(rows);

    /// <summary>Rows in memory one after the other, read in place: they must not change while the source is in use.</summary>
    /// <param name="rows">T * D values, row-major.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The number of values is no multiple of <paramref name="dimension"/>.</exception>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<double> rows, int dimension) =>
        new MemoryVectorSource<double>(rows, dimension);

    /// <inheritdoc cref="From(ReadOnlyMemory{double}, int)"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<float> rows, int dimension) =>
        new MemoryVectorSource<float>(rows, dimension);

    /// <summary>
    /// Rows that are an array each. A <c>double[][]</c> is read in place and must not change while the source is in use; any other sequence
    /// is walked once, now, and copied into memory.
    /// </summary>
    /// <param name="rows">T rows, at least one, of D numbers each.</param>
    /// <exception cref="VectorDataException">There are no rows, or a row is null, empty or of another length than the first; the message
    /// names the row, from 1.</exception>
    public static IRandomAccessVectorSource From(IEnumerable<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows is double[][] all ? SegmentedVectorSource<double>.FromRows(all) : RowBuffer<double>.ReadAll(rows);
    }

    /// <summary>
    /// Rows that are an array each. A <c>float[][]</c> is read in place and must not change while the source is in use; any other sequence
    /// is walked once, now, and copied into memory, as <c>float</c>.
    /// </summary>
    /// <inheritdoc cref="From(IEnumerable{double[]})"/>
    public static IRandomAccessVectorSource From(IEnumerable<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows is float[][] all ? SegmentedVectorSource<float>.FromRows(all) : RowBuffer<float>.ReadAll(rows);
    }

    /// <summary>Reads batches of rows to their end, and keeps copies of them in memory.</summary>
    /// <param name="batches">Batches of any sizes, each T x D with the same D; walked once.</param>
    /// <param name="cancellationToken">Ends the wait for a batch.</param>
    /// <exception cref="VectorDataException">There are no rows, or a batch has another number of columns than the first; the message names
    /// its first row, from 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<ReadOnlyMemory2D<double>> batches, CancellationToken cancellationToken = default) =>
        ReadAllAsync(batches, cancellationToken);

    /// <inheritdoc cref="FromAsync(IAsyncEnumerable{ReadOnlyMemory2D{double}}, CancellationToken)"/>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<ReadOnlyMemory2D<float>> batches, CancellationToken cancellationToken = default) =>
        ReadAllAsync(batches, cancellationToken);

    /// <summary>Reads rows that arrive one at a time to their end, and keeps copies of them in memory.</summary>
    /// <param name="rows">Rows of D numbers each; walked once.</param>
    /// <param name="cancellationToken">Ends the wait for a row.</param>
    /// <exception cref="VectorDataException">There are no rows, or a row is null, empty or of another length than the first; the message
    /// names the row, from 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<double[]> rows, CancellationToken cancellationToken = default) =>
        ReadAllAsync(rows, cancellationToken);

    /// <inheritdoc cref="FromAsync(IAsyncEnumerable{double[]}, CancellationToken)"/>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<float[]> rows, CancellationToken cancellationToken = default) =>
        ReadAllAsync(rows, cancellationToken);

    /// <summary>Several sources, one after the other, as one data set; random-access when all of them are.</summary>
    /// <param name="parts">At least one source, all of the same dimension; columns go by position, and the first one's names are the
    /// result's. The result owns them: disposing it disposes them.</param>
    /// <exception cref="ArgumentException">There are no sources.</exception>
    /// <exception cref="VectorDataException">Two sources differ in dimension.</exception>
    public static IVectorSource Concatenate(IReadOnlyList<IVectorSource> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
        {
            throw new ArgumentException("There are no sources.", nameof(parts));
        }

        for (int i = 1; i < parts.Count; i++)
        {
            if (parts[i].Dimension != parts[0].Dimension)
            {
                throw new VectorDataException(
                    $"Source {i + 1} has vectors of dimension {parts[i].Dimension}, but source 1 of {parts[0].Dimension}; a data set has "
                    + "one dimension.");
            }
        }

        IRandomAccessVectorSource[] direct = [.. parts.OfType<IRandomAccessVectorSource>()];
        return direct.Length == parts.Count ? new RandomAccessCompositeVectorSource(direct) : new CompositeVectorSource([.. parts]);
    }

    /// <summary>Some columns of a source, in any order; random-access when the source is.</summary>
    /// <param name="source">The source. The result owns it: disposing the result disposes it.</param>
    /// <param name="columns">The columns, from 0, at least one; no column twice.</param>
    /// <returns>The source itself when the columns are all of its columns in their order.</returns>
    /// <exception cref="ArgumentException">There are no columns, one is not the source's, or one is given twice.</exception>
    public static IVectorSource SelectColumns(IVectorSource source, IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(columns);
        ColumnSelection selection = new(source, [.. columns]);
        return selection.IsWhole ? source
            : source is IRandomAccessVectorSource direct ? new RandomAccessSelectedVectorSource(direct, selection)
            : new SelectedVectorSource(source, selection);
    }

    private static async Task<IRandomAccessVectorSource> ReadAllAsync<T>(
        IAsyncEnumerable<ReadOnlyMemory2D<T>> batches, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batches);
        RowBuffer<T> buffer = new();
        await foreach (ReadOnlyMemory2D<T> batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            for (int i = 0; i < batch.Height; i++)
            {
                buffer.Add(batch.Span.GetRowSpan(i));
            }
        }

        return buffer.ToSource();
    }

    private static async Task<IRandomAccessVectorSource> ReadAllAsync<T>(IAsyncEnumerable<T[]> rows, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        RowBuffer<T> buffer = new();
        await foreach (T[] row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            buffer.Add(row);
        }

        return buffer.ToSource();
    }
}
