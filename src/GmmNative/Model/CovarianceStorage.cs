using System.Runtime.CompilerServices;

namespace GmmNative.Model;

/// <summary>
/// Where the entries of a component's covariance are stored: the one place that knows how. D variances for diagonal structures of one
/// block, D x D numbers, row-major and with both of two mirrored entries, for all others.
/// </summary>
internal readonly struct CovarianceStorage
{
    private readonly int _dimension;
    private readonly bool _holdsVariances;

    /// <summary>The storage of a structure's covariances.</summary>
    public CovarianceStorage(CovarianceStructure structure)
    {
        _dimension = structure.Dimension;
        _holdsVariances = structure.IsDiagonalStorage;
    }

    /// <summary>Whether variances alone are stored, so that each is a group of its own.</summary>
    public bool HoldsVariances => _holdsVariances;

    /// <summary>Numbers stored for one component.</summary>
    /// <exception cref="OverflowException">They are more than an array can have.</exception>
    public int Size => _holdsVariances ? _dimension : checked(_dimension * _dimension);

    /// <summary>The shape of the covariances of K components as an array: K x D or K x D x D.</summary>
    public long[] Shape(long components) => _holdsVariances ? [components, _dimension] : [components, _dimension, _dimension];

    /// <summary>Memory for the covariances of K components; zeros.</summary>
    /// <exception cref="OverflowException">They are more numbers than an array can have.</exception>
    public double[] Allocate(int components) => new double[checked(components * Size)];

    /// <summary>One component's numbers among all components'.</summary>
    public Span<double> Of(Span<double> covariances, int component) => covariances.Slice(component * Size, Size);

    /// <summary>One component's numbers among all components'.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> covariances, int component) => covariances.Slice(component * Size, Size);

    /// <summary>The row and column of a place among a component's numbers.</summary>
    public (int Row, int Column) EntryAt(int place) => _holdsVariances ? (place, place) : Math.DivRem(place, _dimension);

    /// <summary>One entry; 0 off the diagonal where variances alone are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Entry(ReadOnlySpan<double> covariance, int row, int column) =>
        _holdsVariances && row != column ? 0 : covariance[Place(row, column)];

    /// <summary>A variance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Variance(ReadOnlySpan<double> covariance, int coordinate) => covariance[Place(coordinate, coordinate)];

    /// <summary>Stores a variance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetVariance(Span<double> covariance, int coordinate, double variance) =>
        covariance[Place(coordinate, coordinate)] = variance;

    /// <summary>Stores an entry that the structure keeps, and its mirror image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetEntry(Span<double> covariance, int row, int column, double value)
    {
        covariance[Place(row, column)] = value;
        covariance[Place(column, row)] = value;
    }

    /// <summary>Copies the entries between the n coordinates of a group.</summary>
    /// <param name="covariance">The component's numbers.</param>
    /// <param name="group">The group.</param>
    /// <param name="matrix">Receives n x n numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ReadGroup(ReadOnlySpan<double> covariance, int[] group, Span<double> matrix)
    {
        int n = group.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[(i * n) + j] = covariance[Place(group[i], group[j])];
            }
        }
    }

    /// <summary>Copies the entries on and below the diagonal of a group of n coordinates; leaves those above as they are.</summary>
    /// <param name="covariance">The component's numbers.</param>
    /// <param name="group">The group.</param>
    /// <param name="matrix">Receives n x n numbers, of which the lower triangle is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ReadLower(ReadOnlySpan<double> covariance, int[] group, Span<double> matrix)
    {
        int n = group.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[(i * n) + j] = covariance[Place(group[i], group[j])];
            }
        }
    }

    /// <summary>Stores the entries between the n coordinates of a group.</summary>
    /// <param name="matrix">n x n, symmetric.</param>
    /// <param name="group">The group.</param>
    /// <param name="covariance">The component's numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteGroup(ReadOnlySpan<double> matrix, int[] group, Span<double> covariance)
    {
        int n = group.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                covariance[Place(group[i], group[j])] = matrix[(i * n) + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(int row, int column) => _holdsVariances ? row : (row * _dimension) + column;
}
