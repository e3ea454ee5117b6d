using CommunityToolkit.HighPerformance;
using GmmNative.Data;

namespace GmmNative;

/// <summary>Short ways to make an <see cref="IVectorSource"/>.</summary>
public static class VectorSource
{
    /// <summary>Rows in memory, T x D; read in place.</summary>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<double> rows) => new MemoryVectorSource<double>(rows);

    /// <inheritdoc cref="From(ReadOnlyMemory2D{double})"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<float> rows) => new MemoryVectorSource<float>(rows);

    /// <summary>Rows in memory one after the other, T * D values; read in place.</summary>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<double> rows, int dimension) =>
        new MemoryVectorSource<double>(rows, dimension);

    /// <inheritdoc cref="From(ReadOnlyMemory{double}, int)"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<float> rows, int dimension) =>
        new MemoryVectorSource<float>(rows, dimension);

    /// <summary>Several sources, one after the other, as one data set; random-access when all of them are.</summary>
    /// <param name="parts">At least one source, all of the same dimension; columns go by position, and the first one's names are the
    /// result's. The result owns them: where it is <see cref="IDisposable"/>,
    /// disposing it disposes those of them that are.</param>
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
    /// <param name="source">The source. The result owns it: where it is <see cref="IDisposable"/>, disposing the result disposes
    /// it.</param>
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
}
