using System.Numerics.Tensors;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// Mahalanobis distances and moments from differences of rows from one component's mean: accurate for far, tight and
/// ill-conditioned components, where the expanded squares of the products are not. Always in double. One thread's scratch.
/// </summary>
internal sealed class CentredForm(FeatureMap map, ExecutionPlan execution, int chunkRows) : IDisposable
{
    private readonly IDenseOperations<double> _operations = execution.Backend.DoubleOperations;
    private readonly AlignedBuffer<double> _differences = execution.Scratch.Rent<double>(checked(chunkRows * map.Dimension));
    private readonly double[] _difference = new double[map.Dimension];
    private readonly double[] _inverseDeviations = new double[map.Dimension];
    private readonly double[] _origin = new double[map.Dimension];
    private AlignedBuffer<double>? _square;
    private AlignedBuffer<double>? _rows;
    private RowStrips _strips;

    /// <summary>Makes a chunk's rows ready for <see cref="Distances"/>.</summary>
    public void Prepare(in RowChunk chunk)
    {
        if (map.AllGroupsOfOne)
        {
            // As they are, without a shift: its rounding is what the centred form is there to avoid.
            _rows ??= execution.Scratch.Rent<double>(_operations.Strips(chunkRows).Length(map.Dimension));
            _strips = _operations.Strips(chunk.Count);
            StripLayout.FromRows(_strips, map.Dimension, chunk.Rows, _origin, _rows.Span);
        }
    }

    /// <summary>Squared Mahalanobis distances of the rows of the chunk last prepared from a component's mean.</summary>
    public void Distances(MixtureFactors factors, int component, in RowChunk chunk, Span<double> distances)
    {
        int dimension = map.Dimension;
        ReadOnlySpan<double> mean = factors.Model.Mean(component);
        if (map.AllGroupsOfOne)
        {
            for (int d = 0; d < dimension; d++)
            {
                _inverseDeviations[d] = 1 / factors.Factor(component, d)[0];
            }

            StripDistances.ScaledSquares(_strips, dimension, _rows!.Span, mean, _inverseDeviations, distances);
            return;
        }

        distances[..chunk.Count].Clear();
        int[][] groups = map.Structure.GroupArrays;
        for (int g = 0; g < groups.Length; g++)
        {
            int n = groups[g].Length;
            Span<double> differences = _differences.Span[..(chunk.Count * n)];
            for (int r = 0; r < chunk.Count; r++)
            {
                Gather(chunk.Rows.Slice(r * dimension, dimension), mean, groups[g], 1, differences.Slice(r * n, n));
            }

            _operations.SolveTriangular(chunk.Count, n, factors.Factor(component, g), n, differences, n);
            for (int r = 0; r < chunk.Count; r++)
            {
                distances[r] += TensorPrimitives.SumOfSquares<double>(differences.Slice(r * n, n));
            }
        }
    }

    /// <summary>Adds weighted rows to a component's moments about an origin; rows of weight 0 cost nothing.</summary>
    public void AddMoments(int component, in RowChunk chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> origin, Moments moments)
    {
        int dimension = map.Dimension;
        Span<double> first = moments.First(component);
        Span<double> second = moments.Second(component);
        double total = 0;
        for (int r = 0; r < chunk.Count; r++)
        {
            double weight = weights[r];
            if (weight == 0)
            {
                continue;
            }

            total += weight;
            TensorPrimitives.Subtract(chunk.Rows.Slice(r * dimension, dimension), origin, _difference);
            TensorPrimitives.MultiplyAdd(_difference, weight, first, first);
            if (map.AllGroupsOfOne)
            {
                TensorPrimitives.Multiply(_difference, _difference, _difference);
                TensorPrimitives.MultiplyAdd(_difference, weight, second, second);
            }
        }

        moments.Weights[component] += total;
        if (!map.AllGroupsOfOne && total > 0)
        {
            AddProducts(chunk, weights, origin, second);
        }
    }

    /// <summary>Products within groups: a symmetric product of the rows scaled by the square roots of their weights.</summary>
    private void AddProducts(in RowChunk chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> origin, Span<double> second)
    {
        int dimension = map.Dimension;
        int[][] groups = map.Structure.GroupArrays;
        for (int g = 0; g < groups.Length; g++)
        {
            int n = groups[g].Length;
            int used = 0;
            Span<double> scaled = _differences.Span;
            for (int r = 0; r < chunk.Count; r++)
            {
                if (weights[r] != 0)
                {
                    Gather(chunk.Rows.Slice(r * dimension, dimension), origin, groups[g], Math.Sqrt(weights[r]), scaled.Slice(used * n, n));
                    used++;
                }
            }

            _square ??= new AlignedBuffer<double>(groups.Max(group => group.Length * group.Length));
            Span<double> square = _square.Span[..(n * n)];
            square.Clear();
            _operations.AddSymmetricProduct(n, used, scaled, n, square, n);
            int next = map.GroupStart(g);
            for (int i = 0; i < n; i++)
            {
                for (int j = i; j < n; j++)
                {
                    second[next++] += square[(j * n) + i];
                }
            }
        }
    }

    private static void Gather(ReadOnlySpan<double> row, ReadOnlySpan<double> origin, int[] coordinates, double scale, Span<double> result)
    {
        for (int i = 0; i < coordinates.Length; i++)
        {
            result[i] = scale * (row[coordinates[i]] - origin[coordinates[i]]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        execution.Scratch.Return(_differences);
        if (_rows is not null)
        {
            execution.Scratch.Return(_rows);
        }
    }
}
