using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Points in groups of a whole number of <see cref="Lanes"/>, in the layout of <see cref="PointDistances"/>: the points of a block are in
/// lanes side by side, coordinate after coordinate, with zeros up to <see cref="Stride"/>. Lanes without a point contain infinity.
/// Immutable.
/// </summary>
internal sealed class PointGroups
{
    /// <summary>The number of points per block: a whole number of vectors of double at every width.</summary>
    public const int Lanes = 8;

    private const int Unit = 8;

    private readonly AlignedBuffer<double> _table;

    /// <summary>Copies points into groups.</summary>
    /// <param name="points">The points, row-major.</param>
    /// <param name="dimension">The number of coordinates, at least 1.</param>
    /// <param name="places">The number of the point at each place, group after group; negative for no point. Whole groups.</param>
    /// <param name="groupSize">The number of places per group, a positive multiple of <see cref="Lanes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is out of range, the places are not whole groups, or a place names a point that does not exist.
    /// </exception>
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

    /// <summary>The number of elements per point: its coordinates and the zeros after them.</summary>
    public int Stride { get; }

    /// <summary>The number of places per group.</summary>
    public int GroupSize { get; }

    /// <summary>The number of groups.</summary>
    public int Count { get; }

    /// <summary>Returns the number of elements of a padded row or point, which is a number of whole vectors.</summary>
    /// <param name="dimension">The number of coordinates.</param>
    public static int PaddedStride(int dimension) => checked((dimension + Unit - 1) / Unit * Unit);

    /// <summary>Returns the elements of one group.</summary>
    internal ReadOnlySpan<double> Group(int group) => _table.Span.Slice(group * GroupSize * Stride, GroupSize * Stride);
}
