using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Points in groups of a whole number of <see cref="Lanes"/>, laid out for <see cref="PointDistances"/>: the points of a block of lanes
/// side by side, coordinate after coordinate, with zeros up to <see cref="Stride"/>. Lanes without a point hold infinity. Immutable.
/// </summary>
internal sealed class PointGroups
{
    /// <summary>Points of a block: a whole number of vectors of double at every width.</summary>
    public const int Lanes = 8;

    private const int Unit = 8;

    private readonly AlignedBuffer<double> _table;

    /// <summary>Copies points into groups.</summary>
    /// <param name="points">The points, row-major.</param>
    /// <param name="dimension">Coordinates of each, at least 1.</param>
    /// <param name="places">For each place, group after group, which point lies there; negative for none. Whole groups.</param>
    /// <param name="groupSize">Places of a group, a positive multiple of <see cref="Lanes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range, the places are no whole groups, or one names a point that is
    /// not there.</exception>
    public PointGroups(ReadOnlySpan<double> points, int dimension, ReadOnlySpan<int> places, int groupSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, Lanes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(groupSize % Lanes, 0, nameof(groupSize));
        ArgumentOutOfRangeException.ThrowIfNotEqual(places.Length % groupSize, 0, nameof(places));
        Stride = PaddedStride(dimension);
        GroupSize = groupSize;
        Count = places.Length / groupSize;
        _table = new AlignedBuffer<double>(checked(places.Length * Stride));
        Span<double> table = _table.Span;
        for (int place = 0; place < places.Length; place++)
        {
            int point = places[place];
            ArgumentOutOfRangeException.ThrowIfGreaterThan(point, (points.Length / dimension) - 1, nameof(places));
            int first = (place / Lanes * Lanes * Stride) + (place % Lanes);
            for (int d = 0; d < dimension; d++)
            {
                table[first + (d * Lanes)] = point < 0 ? double.PositiveInfinity : points[(point * dimension) + d];
            }
        }
    }

    /// <summary>Coordinates of each point, and zeros after them.</summary>
    public int Stride { get; }

    /// <summary>Places of a group.</summary>
    public int GroupSize { get; }

    /// <summary>Number of groups.</summary>
    public int Count { get; }

    /// <summary>Numbers that rows and points of a dimension take with the zeros that make whole vectors of them.</summary>
    /// <param name="dimension">Coordinates.</param>
    public static int PaddedStride(int dimension) => checked((dimension + Unit - 1) / Unit * Unit);

    /// <summary>The table of one group.</summary>
    internal ReadOnlySpan<double> Group(int group) => _table.Span.Slice(group * GroupSize * Stride, GroupSize * Stride);
}
