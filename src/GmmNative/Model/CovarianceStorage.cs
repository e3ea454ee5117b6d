using System.Runtime.CompilerServices;

namespace GmmNative.Model;

/// <summary>
/// The storage layout of the covariance of a component. No other type depends on it. Diagonal structures of one block store D variances.
/// All others store D x D numbers, row-major, including both of two mirrored entries.
/// </summary>
internal readonly struct CovarianceStorage
{
    private readonly int _dimension;
    private readonly bool _holdsVariances;

    /// <summary>Creates the storage layout for a structure.</summary>
    public CovarianceStorage(CovarianceStructure structure)
    {
        _dimension = structure.Dimension;
        _holdsVariances = structure.IsDiagonalStorage;
    }

    /// <summary>Whether only variances are stored, so that each coordinate is a separate group.</summary>
    public bool HoldsVariances => _holdsVariances;

    /// <summary>The number of stored numbers per component.</summary>
    /// <exception cref="OverflowException">The number exceeds the maximum length of an array.</exception>
    public int Size => _holdsVariances ? _dimension : checked(_dimension * _dimension);

    /// <summary>Returns the shape of the covariances of K components as an array: K x D or K x D x D.</summary>
    public long[] Shape(long components) => _holdsVariances ? [components, _dimension] : [components, _dimension, _dimension];

    /// <summary>Allocates the covariances of K components, filled with zeros.</summary>
    /// <exception cref="OverflowException">The number exceeds the maximum length of an array.</exception>
    public double[] Allocate(int components) => new double[checked(components * Size)];

    /// <summary>Returns the stored numbers of one component.</summary>
    public Span<double> Of(Span<double> covariances, int component) => covariances.Slice(component * Size, Size);

    /// <summary>Returns the stored numbers of one component.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> covariances, int component) => covariances.Slice(component * Size, Size);

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
    private int Place(int row, int column) => _holdsVariances ? row : (row * _dimension) + column;
}
