using System.Numerics;
using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>
/// The lift of a row x to phi(x) = [x, products x_i x_j with i at most j within each group], in which every log-density is linear
/// and whose weighted sums are the sufficient statistics.
/// </summary>
internal sealed class FeatureMap
{
    private readonly int[] _groupStarts;

    public FeatureMap(CovarianceStructure structure)
    {
        Structure = structure;
        Dimension = structure.Dimension;
        int[][] groups = structure.GroupArrays;
        _groupStarts = new int[groups.Length];
        long next = 0;
        for (int g = 0; g < groups.Length; g++)
        {
            _groupStarts[g] = checked((int)next);
            next += groups[g].Length * (groups[g].Length + 1L) / 2;
        }

        Products = checked((int)next);
        Features = checked(Dimension + Products);
        AllGroupsOfOne = groups.Length == Dimension;
    }

    public CovarianceStructure Structure { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>Products: the sum of g (g + 1) / 2 over groups of g coordinates.</summary>
    public int Products { get; }

    /// <summary>F = D + <see cref="Products"/>.</summary>
    public int Features { get; }

    /// <summary>Whether the products are just the D squares, in the order of the coordinates.</summary>
    public bool AllGroupsOfOne { get; }

    /// <summary>Where, among the products, those of group <paramref name="group"/> begin; they run (0,0), (0,1), ..., (1,1), ...</summary>
    public int GroupStart(int group) => _groupStarts[group];

    /// <summary>Lifts rows.</summary>
    /// <param name="rows">Count x D.</param>
    /// <param name="shift">D numbers subtracted from each row.</param>
    /// <param name="features">Receives Count x F.</param>
    /// <param name="scratch">D elements.</param>
    public void Lift<T>(ReadOnlySpan<double> rows, ReadOnlySpan<double> shift, Span<T> features, Span<double> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = rows.Length / Dimension;
        for (int r = 0; r < count; r++)
        {
            Span<T> phi = features.Slice(r * Features, Features);
            Span<T> x = phi[..Dimension];

            // The difference is taken in double whatever T is: an offset of the data must not cost digits.
            TensorPrimitives.Subtract(rows.Slice(r * Dimension, Dimension), shift, scratch);
            TensorPrimitives.ConvertTruncating<double, T>(scratch, x);
            LiftProducts(x, phi[Dimension..]);
        }
    }

    /// <summary>Lifts one row as it is.</summary>
    public void LiftRow(ReadOnlySpan<double> row, Span<double> features)
    {
        row.CopyTo(features);
        LiftProducts<double>(row, features[Dimension..]);
    }

    /// <summary>The products of one row.</summary>
    private void LiftProducts<T>(ReadOnlySpan<T> x, Span<T> products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (AllGroupsOfOne)
        {
            TensorPrimitives.Multiply(x, x, products);
            return;
        }

        int next = 0;
        foreach (int[] group in Structure.GroupArrays)
        {
            bool contiguous = group[^1] - group[0] == group.Length - 1;
            for (int i = 0; i < group.Length; i++)
            {
                T left = x[group[i]];
                Span<T> run = products.Slice(next, group.Length - i);
                if (contiguous)
                {
                    TensorPrimitives.Multiply(x.Slice(group[i], run.Length), left, run);
                }
                else
                {
                    for (int j = 0; j < run.Length; j++)
                    {
                        run[j] = left * x[group[i + j]];
                    }
                }

                next += run.Length;
            }
        }
    }
}
