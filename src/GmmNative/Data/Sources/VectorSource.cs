using System.Numerics;
using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Data.Sources;
using GmmNative.Data.Sources.Composite;

namespace GmmNative;

/// <summary>Creates vector sources.</summary>
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
    /// <summary>
    /// Creates a source for rows in memory, which are read in place and must not change while the source is in use. A <c>double[,]</c>
    /// converts to the parameter type.
    /// </summary>
    /// <param name="rows">T x D, row-major; D at least 1.</param>
    /// <exception cref="ArgumentException">There are no columns.</exception>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<double> rows) => new MemoryVectorSource<double>(rows);

    /// <summary>
    /// Creates a source for rows in memory, which are read in place and must not change while the source is in use. A <c>float[,]</c>
    /// converts to the parameter type.
    /// </summary>
    /// <inheritdoc cref="From(ReadOnlyMemory2D{double})"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<float> rows) => new MemoryVectorSource<float>(rows);

    /// <summary>
    /// Creates a source for contiguous rows in memory, which are read in place and must not change while the source is in use.
    /// </summary>
    /// <param name="rows">T * D values, row-major.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The number of values is not a multiple of <paramref name="dimension"/>.</exception>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<double> rows, int dimension) =>
        new MemoryVectorSource<double>(rows, dimension);

    /// <inheritdoc cref="From(ReadOnlyMemory{double}, int)"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<float> rows, int dimension) =>
        new MemoryVectorSource<float>(rows, dimension);

    /// <summary>
    /// Creates a source for rows that are arrays. A <c>double[][]</c> is read in place and must not change while the source is in use. Any
    /// other sequence is enumerated once, immediately, and copied into memory.
    /// </summary>
    /// <param name="rows">T rows, at least one, of D numbers each.</param>
    /// <exception cref="VectorDataException">
    /// There are no rows, or a row is null, empty or differs in length from the first row. The message names the row, from 1.
    /// </exception>
    public static IRandomAccessVectorSource From(IEnumerable<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows is double[][] all ? SegmentedVectorSource<double>.FromRows(all) : RowBuffer<double>.ReadAll(rows);
    }

    /// <summary>
    /// Creates a source for rows that are arrays. A <c>float[][]</c> is read in place and must not change while the source is in use. Any
    /// other sequence is enumerated once, immediately, and copied into memory as <c>float</c>.
    /// </summary>
    /// <inheritdoc cref="From(IEnumerable{double[]})"/>
    public static IRandomAccessVectorSource From(IEnumerable<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows is float[][] all ? SegmentedVectorSource<float>.FromRows(all) : RowBuffer<float>.ReadAll(rows);
    }

    /// <summary>Reads all batches of a sequence and keeps copies of the rows in memory.</summary>
    /// <param name="batches">Batches of any sizes, each T x D with the same D. The sequence is enumerated once.</param>
    /// <param name="cancellationToken">Stops waiting for a batch.</param>
    /// <exception cref="VectorDataException">
    /// There are no rows, or a batch differs from the first batch in its number of columns. The message names the first row of the batch,
    /// from 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<ReadOnlyMemory2D<double>> batches, CancellationToken cancellationToken = default) =>
        ReadAllAsync(batches, cancellationToken);

    /// <inheritdoc cref="FromAsync(IAsyncEnumerable{ReadOnlyMemory2D{double}}, CancellationToken)"/>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<ReadOnlyMemory2D<float>> batches, CancellationToken cancellationToken = default) =>
        ReadAllAsync(batches, cancellationToken);

    /// <summary>Reads all rows of a sequence and keeps copies of them in memory.</summary>
    /// <param name="rows">Rows of D numbers each. The sequence is enumerated once.</param>
    /// <param name="cancellationToken">Stops waiting for a row.</param>
    /// <exception cref="VectorDataException">
    /// There are no rows, or a row is null, empty or differs in length from the first row. The message names the row, from 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<double[]> rows, CancellationToken cancellationToken = default) =>
        ReadAllAsync(rows, cancellationToken);

    /// <inheritdoc cref="FromAsync(IAsyncEnumerable{double[]}, CancellationToken)"/>
    public static Task<IRandomAccessVectorSource> FromAsync(
        IAsyncEnumerable<float[]> rows, CancellationToken cancellationToken = default) =>
        ReadAllAsync(rows, cancellationToken);

    /// <summary>Concatenates sources to one data set. The result is a random-access source if all sources are.</summary>
    /// <param name="parts">
    /// At least one source, all of the same dimension. Columns are matched by position, and the result has the column names of the first
    /// source. The result owns the sources: disposing it disposes them.
    /// </param>
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
                    $"Source {i + 1} has vectors of dimension {parts[i].Dimension}, but source 1 has dimension {parts[0].Dimension}: "
                    + "all sources must have the same dimension.");
            }
        }

        IRandomAccessVectorSource[] direct = [.. parts.OfType<IRandomAccessVectorSource>()];
        return direct.Length == parts.Count ? new RandomAccessCompositeVectorSource(direct) : new CompositeVectorSource([.. parts]);
    }

    /// <summary>Selects columns of a source, in any order. The result is a random-access source if the source is.</summary>
    /// <param name="source">The source. The result owns it: disposing the result disposes it.</param>
    /// <param name="columns">The columns, from 0; at least one, and none repeated.</param>
    /// <returns>A source of the selected columns, or <paramref name="source"/> itself if they are all its columns in order.</returns>
    /// <exception cref="ArgumentException">There are no columns, or a column is out of range or selected twice.</exception>
    public static IVectorSource SelectColumns(IVectorSource source, IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(columns);
        ColumnSelection selection = new(source, [.. columns]);
        return selection.IsWhole ? source
            : source is IRandomAccessVectorSource direct ? new RandomAccessSelectedVectorSource(direct, selection)
            : new SelectedVectorSource(source, selection);
    }

    /// <summary>Adds weights to the rows of a source. The result is a random-access source if the source is.</summary>
    /// <param name="source">The source, without weights. The result owns it: disposing the result disposes it.</param>
    /// <param name="rowWeights">
    /// T weights, finite and not negative, at least one of them positive and none above 1e150. They are not copied. If it is empty, every
    /// row counts as one.
    /// </param>
    /// <remarks>
    /// Training counts a row of weight a as a rows: 0 removes the row, and 2 repeats it. Every sum over rows is weighted, and the sum of
    /// the weights takes the place of the number of rows. Only with a prior does a common factor of all weights change the model. Scores
    /// of single rows do not depend on weights.
    /// </remarks>
    /// <returns>The rows with their weights, or <paramref name="source"/> itself if there are no weights.</returns>
    /// <exception cref="ArgumentException">The source has weights already.</exception>
    /// <exception cref="VectorDataException">
    /// The number of weights is not T, a weight is negative or not finite, or all weights are zero. If the source does not know T, its
    /// readers throw.
    /// </exception>
    /// <example>
    /// <code>
    /// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
    /// IVectorSource weighted = VectorSource.From(rows).WithRowWeights(new[] { 1.0, 2.0, 0.5, 0.5 });
    /// GaussianMixture model = GaussianMixture.Fit(weighted, components: 2);
    /// </code>
    /// </example>
    public static IVectorSource WithRowWeights(this IVectorSource source, ReadOnlyMemory<double> rowWeights)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (rowWeights.IsEmpty)
        {
            return source;
        }

        if (!source.RowWeights.IsEmpty)
        {
            throw new ArgumentException("The rows have weights already: give them once.", nameof(rowWeights));
        }

        RowWeightCheck.CheckCount(rowWeights.Length, source.RowCount ?? rowWeights.Length);
        RowWeightCheck.Check(rowWeights.Span);
        return WithCheckedWeights(source, rowWeights);
    }

    /// <summary>Sets the policy for missing values, which are NaN in rows, for training and for scoring.</summary>
    /// <param name="source">The source. The result owns it: disposing the result disposes it.</param>
    /// <param name="policy">The policy, in place of the policy of the source.</param>
    /// <returns>
    /// A source of the same rows with this policy, or <paramref name="source"/> itself if it has the policy already. The result is a
    /// random-access source if the source is.
    /// </returns>
    /// <example>
    /// <code>
    /// double[,] rows = { { 1.0, 2.1 }, { 0.9, double.NaN }, { 8.1, 9.0 }, { 8.4, 8.8 } };
    /// IVectorSource incomplete = VectorSource.From(rows).WithMissingValues(MissingValues.Marginalize);
    /// GaussianMixture model = GaussianMixture.Fit(incomplete, components: 1);
    /// </code>
    /// </example>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="policy"/> is undefined.</exception>
    public static IVectorSource WithMissingValues(this IVectorSource source, MissingValues policy)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!Enum.IsDefined(policy))
        {
            throw new ArgumentOutOfRangeException(nameof(policy), $"{policy} is not a policy for missing values.");
        }

        return source.MissingValues == policy ? source
            : source is IRandomAccessVectorSource direct ? new RandomAccessMissingVectorSource(direct, policy)
            : new MissingVectorSource(source, policy);
    }

    /// <summary>Adds weights that have been checked already, as many as the source has rows.</summary>
    internal static IVectorSource WithCheckedWeights(IVectorSource source, ReadOnlyMemory<double> rowWeights) =>
        source is IRandomAccessVectorSource direct
        ? new RandomAccessWeightedVectorSource(direct, rowWeights)
        : new WeightedVectorSource(source, rowWeights);

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
