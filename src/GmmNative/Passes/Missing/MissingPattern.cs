using System.Numerics.Tensors;

namespace GmmNative.Passes.Missing;

/// <summary>Which coordinates of a row are missing, that is, NaN. Immutable; compared by value.</summary>
internal sealed class MissingPattern : IEquatable<MissingPattern>
{
    private const int Bits = 64;

    private readonly ulong[] _missing;
    private readonly int _hash;

    private MissingPattern(int dimension, ulong[] missing)
    {
        Dimension = dimension;
        _missing = missing;
        HashCode hash = default;
        foreach (ulong word in missing)
        {
            hash.Add(word);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The dimension, D.</summary>
    public int Dimension { get; }

    /// <summary>The coordinates that are not missing, ascending.</summary>
    public int[] Observed => [.. Enumerable.Range(0, Dimension).Where(d => !IsMissing(d))];

    /// <summary>The missing coordinates, ascending.</summary>
    public int[] Missing => [.. Enumerable.Range(0, Dimension).Where(IsMissing)];

    /// <summary>Returns the pattern of a row.</summary>
    public static MissingPattern Of(ReadOnlySpan<double> row)
    {
        ulong[] missing = new ulong[Words(row.Length)];
        Read(row, missing);
        return new MissingPattern(row.Length, missing);
    }

    /// <summary>Returns the number of words that <see cref="Read"/> writes.</summary>
    public static int Words(int dimension) => (dimension + Bits - 1) / Bits;

    /// <summary>Writes a bit per coordinate, 1 if it is missing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="bits">Receives <see cref="Words"/> numbers.</param>
    public static void Read(ReadOnlySpan<double> row, Span<ulong> bits)
    {
        for (int first = 0, w = 0; first < row.Length; first += Bits, w++)
        {
            ulong word = 0;
            ReadOnlySpan<double> part = row.Slice(first, Math.Min(Bits, row.Length - first));
            for (int i = 0; i < part.Length; i++)
            {
                word |= double.IsNaN(part[i]) ? 1UL << i : 0;
            }

            bits[w] = word;
        }
    }

    /// <summary>Returns whether a value of one or several rows is missing.</summary>
    public static bool HasMissing(ReadOnlySpan<double> rows) => rows.Length > 0 && double.IsNaN(TensorPrimitives.MaxMagnitude(rows));

    /// <summary>Returns whether a coordinate is missing.</summary>
    public bool IsMissing(int coordinate) => (_missing[coordinate / Bits] >> (coordinate % Bits) & 1) != 0;

    /// <summary>Returns whether the pattern consists of these bits.</summary>
    public bool Matches(ReadOnlySpan<ulong> bits) => bits.SequenceEqual(_missing);

    /// <inheritdoc/>
    public bool Equals(MissingPattern? other) =>
        other is not null && Dimension == other.Dimension && _missing.AsSpan().SequenceEqual(other._missing);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MissingPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
