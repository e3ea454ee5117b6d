using GmmNative.Model;

namespace GmmNative;

/// <summary>
/// The entries of a D x D covariance that are kept, and what they share. The kept entries are a partition of the coordinates into groups:
/// all entries within a group are kept, and none between groups. Variances may be shared by all coordinates (spherical), and covariances
/// by all components (tied).
/// </summary>
/// <remarks>
/// Diagonal with one block: D groups of one coordinate. Full: each block is a group. Diagonal with several blocks: coordinates at the same
/// position of blocks of equal size form a group, so that joint vectors [x, dx; y, dy] keep their cross-covariances. The tied kind has one
/// group of all coordinates; the other shared kinds have D groups of one coordinate. Immutable.
/// </remarks>
/// <example>
/// <code>
/// // Vectors of 2 + 2 coordinates: variances, and covariances between the same coordinate of both halves, are kept.
/// CovarianceStructure structure = new(CovarianceKind.Diagonal, dimension: 4, blockSizes: [2, 2]);
/// bool isKept = structure.IsKept(0, 2);   // true
/// </code>
/// </example>
public sealed class CovarianceStructure : IEquatable<CovarianceStructure>
{
    private const int BlocksShown = 16;

    private readonly int[] _blockSizes;

    // Created when they are first needed: a diagonal model of a million coordinates can be read and written without them.
    // Several threads may create them at the same time; the results are equal.
    private int[][]? _groups;
    private int[]? _groupOf;

    /// <summary>Creates a structure.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="blockSizes">Positive sizes that sum to D; <see langword="null"/> or empty for one block of size D.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="dimension"/> is below 1, or <paramref name="kind"/> is undefined.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A block size is not positive, or the sizes do not sum to <paramref name="dimension"/>, or a kind other than diagonal and full has
    /// several blocks.
    /// </exception>
    public CovarianceStructure(CovarianceKind kind, int dimension, IReadOnlyList<int>? blockSizes = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), $"{kind} is not a kind of covariance.");
        }

        _blockSizes = blockSizes is null || blockSizes.Count == 0 ? [dimension] : [.. blockSizes];
        long sum = 0;
        foreach (int size in _blockSizes)
        {
            if (size < 1)
            {
                throw new ArgumentException($"Block sizes must be positive, but one is {size}.", nameof(blockSizes));
            }

            sum += size;
        }

        if (sum != dimension)
        {
            throw new ArgumentException(
                $"Block sizes {BlocksText} sum to {sum}, but the vectors have dimension {dimension}.", nameof(blockSizes));
        }

        if (_blockSizes.Length > 1 && kind is not (CovarianceKind.Diagonal or CovarianceKind.Full))
        {
            throw new ArgumentException(
                $"Covariances of kind {CovarianceKindNames.Of(kind)} have no blocks: block sizes are for diag and full.",
                nameof(blockSizes));
        }

        Kind = kind;
        Dimension = dimension;
    }

    /// <summary>The kind.</summary>
    public CovarianceKind Kind { get; }

    /// <summary>The dimension of the rows, D.</summary>
    public int Dimension { get; }

    /// <summary>The block sizes, which sum to D. There is one entry if the covariance is not divided into blocks.</summary>
    public IReadOnlyList<int> BlockSizes => _blockSizes;

    /// <summary>Whether all components share one covariance.</summary>
    public bool IsTied => Kind is CovarianceKind.Tied or CovarianceKind.TiedDiagonal or CovarianceKind.TiedSpherical;

    /// <summary>Whether all coordinates share one variance.</summary>
    public bool IsSpherical => Kind is CovarianceKind.Spherical or CovarianceKind.TiedSpherical;

    /// <summary>Whether covariances are stored as K x D variances: diagonal with one block, not shared.</summary>
    public bool IsDiagonalStorage => Kind == CovarianceKind.Diagonal && IsDiagonal;

    /// <summary>The number of stored numbers per covariance: 1 if spherical, D if diagonal with one block, otherwise D * D.</summary>
    public int CovarianceSize => Storage.Size;

    /// <summary>The groups of coordinates, each in ascending order. Every coordinate is in exactly one group.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups => GroupArrays;

    /// <summary>
    /// The name of the kind in files and on command lines: <c>diag</c>, <c>full</c>, <c>spherical</c>, <c>tied</c>, <c>tied-diag</c> or
    /// <c>tied-spherical</c>.
    /// </summary>
    public string KindName => CovarianceKindNames.Of(Kind);

    /// <summary>Whether all entries off the diagonal are zero because every coordinate is a separate group of one block.</summary>
    internal bool IsDiagonal => _blockSizes.Length == 1 && Kind is not (CovarianceKind.Full or CovarianceKind.Tied);

    /// <summary>Whether coordinates or components share variances.</summary>
    internal bool IsShared => IsTied || IsSpherical;

    /// <summary>The structure with the same groups in which nothing is shared: diagonal or full.</summary>
    internal CovarianceStructure Unshared =>
        IsShared ? new(IsDiagonal ? CovarianceKind.Diagonal : CovarianceKind.Full, Dimension) : this;

    /// <summary>The structure of one covariance in which nothing is shared between components.</summary>
    internal CovarianceStructure Untied => IsSpherical ? new(CovarianceKind.Spherical, Dimension) : Unshared;

    /// <summary>The storage layout of the covariances.</summary>
    internal CovarianceStorage Storage => new(this);

    /// <summary>The groups as arrays, for loops.</summary>
    internal int[][] GroupArrays =>
        _groups ??= IsDiagonal ? SingleGroups() : Kind == CovarianceKind.Diagonal ? StridedGroups() : ContiguousGroups();

    private string BlocksText => _blockSizes.Length <= BlocksShown
        ? string.Join(',', _blockSizes)
        : $"{string.Join(',', _blockSizes.Take(BlocksShown))},... ({_blockSizes.Length} of them)";

    /// <summary>Returns the number of free parameters of the covariances of K components.</summary>
    internal long CountParameters(int components)
    {
        long each = IsSpherical ? 1 : IsDiagonal ? Dimension : GroupArrays.Sum(group => group.Length * (group.Length + 1L) / 2);
        return IsTied ? each : components * each;
    }

    /// <summary>Returns the number of the group that contains a coordinate.</summary>
    internal int GroupOf(int coordinate) => (_groupOf ??= FindGroups())[coordinate];

    /// <summary>Returns whether entry (i, j) of a covariance is kept. All other entries are zero.</summary>
    public bool IsKept(int i, int j) => GroupOf(i) == GroupOf(j);

    /// <inheritdoc/>
    public bool Equals(CovarianceStructure? other) =>
        other is not null && Kind == other.Kind && _blockSizes.AsSpan().SequenceEqual(other._blockSizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CovarianceStructure);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Kind);
        foreach (int size in _blockSizes)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns text such as <c>diag</c> or <c>full, blocks 3,3</c>; if there are many blocks, only the first few.</summary>
    public override string ToString() => _blockSizes.Length == 1 ? KindName : $"{KindName}, blocks {BlocksText}";

    private int[] FindGroups()
    {
        int[] groupOf = new int[Dimension];
        int[][] groups = GroupArrays;
        for (int g = 0; g < groups.Length; g++)
        {
            foreach (int coordinate in groups[g])
            {
                groupOf[coordinate] = g;
            }
        }

        return groupOf;
    }

    private int[][] SingleGroups()
    {
        int[][] groups = new int[Dimension][];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = [i];
        }

        return groups;
    }

    private int[][] ContiguousGroups()
    {
        int[][] groups = new int[_blockSizes.Length][];
        int start = 0;
        for (int b = 0; b < groups.Length; b++)
        {
            groups[b] = [.. Enumerable.Range(start, _blockSizes[b])];
            start += _blockSizes[b];
        }

        return groups;
    }

    private int[][] StridedGroups()
    {
        // The key of a coordinate is (size of its block, position in the block). Equal keys share a group.
        Dictionary<(int Size, int Place), List<int>> byKey = [];
        List<List<int>> groups = [];
        int coordinate = 0;
        foreach (int size in _blockSizes)
        {
            for (int place = 0; place < size; place++, coordinate++)
            {
                if (!byKey.TryGetValue((size, place), out List<int>? group))
                {
                    group = [];
                    byKey.Add((size, place), group);
                    groups.Add(group);
                }

                group.Add(coordinate);
            }
        }

        return [.. groups.Select(g => g.ToArray())];
    }
}
