using System.Runtime.CompilerServices;

namespace GmmNative.Initialization.Missing;

/// <summary>
/// Squared distances of rows with missing values from points: those of the observed coordinates, multiplied by D divided by their number.
/// Scratch memory of one thread.
/// </summary>
/// <param name="scaling">The coordinates of the points.</param>
internal sealed class PartialDistances(RowScaling scaling)
{
    private readonly double[] _values = new double[scaling.Scale.Length];
    private readonly int[] _coordinates = new int[scaling.Scale.Length];

    /// <summary>The number of observed coordinates of the loaded row.</summary>
    public int Observed { get; private set; }

    /// <summary>Loads a row.</summary>
    /// <param name="row">D numbers; NaN is a missing value.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(ReadOnlySpan<double> row)
    {
        Observed = 0;
        for (int d = 0; d < row.Length; d++)
        {
            if (!double.IsNaN(row[d]))
            {
                _values[Observed] = (row[d] - scaling.ExpansionPoint[d]) * scaling.Scale[d];
                _coordinates[Observed++] = d;
            }
        }
    }

    /// <summary>Returns the squared distance of the loaded row from a point; 0 if nothing is observed.</summary>
    /// <param name="point">D scaled coordinates.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Square(ReadOnlySpan<double> point)
    {
        double sum = 0;
        for (int i = 0; i < Observed; i++)
        {
            double difference = _values[i] - point[_coordinates[i]];
            sum += difference * difference;
        }

        return Observed == 0 ? 0 : sum * point.Length / Observed;
    }

    /// <summary>Finds the nearest of several points, the first one in a tie.</summary>
    /// <param name="points">K x D scaled coordinates.</param>
    /// <param name="square">Receives the squared distance.</param>
    public int Nearest(ReadOnlySpan<double> points, out double square)
    {
        int dimension = _values.Length;
        int nearest = 0;
        square = double.PositiveInfinity;
        for (int k = 0; k < points.Length / dimension; k++)
        {
            double own = Square(points.Slice(k * dimension, dimension));
            if (own < square)
            {
                (nearest, square) = (k, own);
            }
        }

        return nearest;
    }

    /// <summary>Adds the observed values of the loaded row, multiplied by a weight, to sums.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="sums">D sums of scaled values.</param>
    /// <param name="weights">D sums of weights.</param>
    public void AddTo(double weight, Span<double> sums, Span<double> weights)
    {
        for (int i = 0; i < Observed; i++)
        {
            sums[_coordinates[i]] += weight * _values[i];
            weights[_coordinates[i]] += weight;
        }
    }
}
