using CommunityToolkit.HighPerformance;
using GmmNative.Data;

namespace GmmNative;

/// <summary>Creates vector sources.</summary>
public static class VectorSource
{
    /// <summary>Creates a source for T x D rows in memory, which are read in place.</summary>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<double> rows) => new MemoryVectorSource<double>(rows);

    /// <inheritdoc cref="From(ReadOnlyMemory2D{double})"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<float> rows) => new MemoryVectorSource<float>(rows);

    /// <summary>Creates a source for T * D contiguous values in memory, which are read in place.</summary>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<double> rows, int dimension) =>
        new MemoryVectorSource<double>(rows, dimension);

    /// <inheritdoc cref="From(ReadOnlyMemory{double}, int)"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<float> rows, int dimension) =>
        new MemoryVectorSource<float>(rows, dimension);

    /// <summary>Concatenates sources to one data set. The result is a random-access source if all sources are.</summary>
    /// <param name="parts">
    /// At least one source, all of the same dimension. Columns are matched by position, and the result has the column names of the first
    /// source. The result owns the sources: disposing it disposes the disposable ones.
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
    /// <param name="source">The source. The result owns it: if it is <see cref="IDisposable"/>, disposing the result disposes it.</param>
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
}
