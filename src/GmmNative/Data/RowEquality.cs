using System.Diagnostics.CodeAnalysis;

namespace GmmNative.Data;

/// <summary>Compares rows by their values.</summary>
internal sealed class RowEquality : IEqualityComparer<ReadOnlyMemory<double>>
{
    public static RowEquality Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<double> x, ReadOnlyMemory<double> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<double> obj)
    {
        HashCode hash = default;
        foreach (double value in obj.Span)
        {
            // 0 and -0 are equal but have different hash codes.
            hash.Add(value == 0 ? 0 : value);
        }

        return hash.ToHashCode();
    }
}
