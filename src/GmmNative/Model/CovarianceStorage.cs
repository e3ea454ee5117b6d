using System.Runtime.CompilerServices;

namespace GmmNative.Model;

/// <summary>
/// The storage layout of the covariance of a component. No other type depends on it. Spherical structures store one variance, diagonal
/// structures of one block store D variances. All others store D x D numbers, row-major, including both of two mirrored entries. Tied
/// structures store one covariance for all components.
/// </summary>
internal readonly struct CovarianceStorage
{
    private readonly int _dimension;
    private readonly bool _holdsVariances;
    private readonly bool _isTied;

    // The distance between the stored numbers of neighboring rows and columns; 0 if they share the number.
    private readonly int _rowStride;
    private readonly int _columnStride;

    /// <summary>Creates the storage layout for a structure.</summary>
    public CovarianceStorage(CovarianceStructure structure)
    {
        _dimension = structure.Dimension;
        _holdsVariances = structure.IsDiagonal;
        _isTied = structure.IsTied;
        (_rowStride, _columnStride) = structure.IsSpherical ? (0, 0) : _holdsVariances ? (1, 0) : (_dimension, 1);
    }

    /// <summary>Whether only variances are stored, so that each coordinate is a separate group.</summary>
    public bool HoldsVariances => _holdsVariances;

    /// <summary>The number of stored numbers per covariance.</summary>
    /// <exception cref="OverflowException">The number exceeds the maximum length of an array.</exception>
    public int Size => _rowStride == 0 ? 1 : _holdsVariances ? _dimension : checked(_dimension * _dimension);

    /// <summary>Returns the number of stored covariances of K components: 1 if they share one.</summary>
    public int Covariances(int components) => _isTied ? 1 : components;

    /// <summary>Returns the number of stored numbers of K components.</summary>
    public long Numbers(int components) => (long)Covariances(components) * Size;

    /// <summary>
    /// Returns the shape of the covariances of K components as an array: K, K x D or K x D x D, without the K if they share one. A single
    /// number has shape 1.
    /// </summary>
    public long[] Shape(long components)
    {
        long[] own = _rowStride == 0 ? [] : _holdsVariances ? [_dimension] : [_dimension, _dimension];
        return !_isTied ? [components, .. own] : own.Length == 0 ? [1] : own;
    }

    /// <summary>Allocates the covariances of K components, filled with zeros.</summary>
    /// <exception cref="OverflowException">The number exceeds the maximum length of an array.</exception>
    public double[] Allocate(int components) => new double[checked(Covariances(components) * Size)];

    /// <summary>Returns the stored numbers of one component.</summary>
    public Span<double> Of(Span<double> covariances, int component) => covariances.Slice(_isTied ? 0 : component * Size, Size);

    /// <summary>Returns the stored numbers of one component.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> covariances, int component) =>
        covariances.Slice(_isTied ? 0 : component * Size, Size);

    /// <summary>Returns the row and column of a position in the stored numbers of a component.</summary>
    public (int Row, int Column) EntryAt(int place) => _holdsVariances ? (place, place) : Math.DivRem(place, _dimension);

    /// <summary>Returns an entry; 0 off the diagonal if only variances are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Entry(ReadOnlySpan<double> covariance, int row, int column) =>
        _holdsVariances && row != column ? 0 : covariance[Place(row, column)];

    /// <summary>Returns a variance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Variance(ReadOnlySpan<double> covariance, int coordinate) => covariance[Place(coordinate, coordinate)];

    /// <summary>Stores a variance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetVariance(Span<double> covariance, int coordinate, double variance) =>
        covariance[Place(coordinate, coordinate)] = variance;

    /// <summary>Stores an entry that the structure keeps, and its mirrored entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetEntry(Span<double> covariance, int row, int column, double value)
    {
        covariance[Place(row, column)] = value;
        covariance[Place(column, row)] = value;
    }

    /// <summary>Copies the entries between the n coordinates of a group.</summary>
    /// <param name="covariance">The stored numbers of the component.</param>
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

    /// <summary>Copies the entries on and below the diagonal of a group of n coordinates. The entries above are not written.</summary>
    /// <param name="covariance">The stored numbers of the component.</param>
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
    /// <param name="covariance">The stored numbers of the component.</param>
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
    private int Place(int row, int column) => (row * _rowStride) + (column * _columnStride);
}
