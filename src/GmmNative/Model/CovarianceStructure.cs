using GmmNative.Model;

namespace GmmNative;

/// <summary>
/// Which entries of a D x D covariance are kept: a partition of the coordinates into groups, within each of which all entries
/// are kept and between which none are.
/// </summary>
/// <remarks>
/// Diagonal with one block: D groups of one. Full: each block is a group. Diagonal with several blocks: coordinates at the same
/// place of blocks of equal size form a group, so that joint vectors [x, dx; y, dy] keep their cross-covariances. Immutable.
/// </remarks>
/// <example>
/// <code>
/// // Vectors of 2 + 2 coordinates: kept are variances, and the covariances of coordinates at the same place of both halves.
/// CovarianceStructure structure = new(CovarianceKind.Diagonal, dimension: 4, blockSizes: [2, 2]);
/// bool isKept = structure.IsKept(0, 2);   // true
/// </code>
/// </example>
public sealed class CovarianceStructure : IEquatable<CovarianceStructure>
{
    private const int BlocksShown = 16;

    private readonly int[] _blockSizes;

    // Made when they are first asked for: a diagonal model of a million coordinates may be read and written without them.
    // Threads that ask at the same time make equal ones.
    private int[][]? _groups;
    private int[]? _groupOf;

    /// <summary>Makes a structure.</summary>
    /// <param name="kind">Diagonal or full.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="blockSizes">Positive sizes that sum to D; <see langword="null"/> or empty for one block of size D.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is below 1 or <paramref name="kind"/>
    /// undefined.</exception>
    /// <exception cref="ArgumentException">A block size is not positive, or they do not sum to <paramref name="dimension"/>.</exception>
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

        Kind = kind;
        Dimension = dimension;
    }

    /// <summary>Diagonal or full.</summary>
    public CovarianceKind Kind { get; }

    /// <summary>D, the dimension of the vectors.</summary>
    public int Dimension { get; }

    /// <summary>The block sizes; they sum to D. One entry when the covariance is not divided into blocks.</summary>
    public IReadOnlyList<int> BlockSizes => _blockSizes;

    /// <summary>Whether covariances are stored as K x D variances (diagonal, one block) rather than as K x D x D matrices.</summary>
    public bool IsDiagonalStorage => Kind == CovarianceKind.Diagonal && _blockSizes.Length == 1;

    /// <summary>Numbers stored for one component's covariance: D or D * D.</summary>
    public int CovarianceSize => IsDiagonalStorage ? Dimension : checked(Dimension * Dimension);

    /// <summary>The groups of coordinates, each in ascending order; together they hold each coordinate once.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups => GroupArrays;

    /// <summary>The name of the kind in files and on command lines: <c>diag</c> or <c>full</c>.</summary>
    public string KindName => Kind == CovarianceKind.Diagonal ? "diag" : "full";

    /// <summary>Where the entries of a covariance are stored.</summary>
    internal CovarianceStorage Storage => new(this);

    /// <summary>The groups as arrays, for loops.</summary>
    internal int[][] GroupArrays =>
        _groups ??= IsDiagonalStorage ? SingleGroups() : Kind == CovarianceKind.Full ? ContiguousGroups() : StridedGroups();

    private string BlocksText => _blockSizes.Length <= BlocksShown
        ? string.Join(',', _blockSizes)
        : $"{string.Join(',', _blockSizes.Take(BlocksShown))},... ({_blockSizes.Length} of them)";

    /// <summary>The number of the group that a coordinate belongs to.</summary>
    internal int GroupOf(int coordinate) => (_groupOf ??= FindGroups())[coordinate];

    /// <summary>Whether entry (i, j) of a covariance is kept; the others are zero.</summary>
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

    /// <summary>For example <c>diag</c> or <c>full, blocks 3,3</c>; of many blocks the first few.</summary>
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
        // The key of a coordinate is (size of its block, its place in the block): equal keys share a group.
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
