using System.Numerics.Tensors;

namespace GmmNative.Inference.Conditioning;

/// <summary>
/// The equations of a trajectory c of L static coordinates per row: W' P W c = W' P E. W makes all coordinates of a row from the static
/// ones of its neighbors, P contains the precisions of the rows, and E their conditional means. Precisions are cut where a window is
/// dropped: an entry becomes zero if the later of its two coordinates belongs to a dropped window.
/// </summary>
/// <param name="rows">The remaining rows.</param>
/// <param name="windows">The windows, the static one first.</param>
/// <param name="statics">L.</param>
/// <param name="means">The conditional means of all rows of the sequence, T x Y.</param>
/// <param name="precisionOf">Returns the precision of a row of the sequence: Y x Y, symmetric.</param>
internal sealed class TrajectorySystem(
    SequenceRows rows, DeltaWindow[] windows, int statics, double[,] means, Func<int, double[]> precisionOf)
{
    // Refinement stops when a correction is a few roundings of the trajectory. A correction that stays large is a failure.
    private const double Settled = 1e-15;
    private const double Sufficient = 1e-10;
    private const int MaximumRefinements = 8;

    private readonly int _coordinates = windows.Length * statics;
    private readonly bool[] _dropped = new bool[windows.Length];

    /// <summary>Computes the trajectory.</summary>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>L numbers per remaining row.</returns>
    /// <exception cref="GmmException">The equations have no unique solution.</exception>
    public double[] Solve(CancellationToken cancellationToken)
    {
        BandedFactor factor = Assemble(cancellationToken);
        double[] trajectory = new double[checked(rows.Count * statics)];
        if (!factor.TryFactor(cancellationToken))
        {
            throw NotSolvable();
        }

        // The residual is computed from W, P and E themselves, so refinement also removes the rounding of W' P W.
        double[] correction = new double[trajectory.Length];
        double last = double.PositiveInfinity;
        for (int i = 0; i <= MaximumRefinements; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Residual(trajectory, correction);
            factor.Solve(correction);
            double size = Math.Abs(TensorPrimitives.MaxMagnitude<double>(correction));
            if (!(size < last))
            {
                break;
            }

            TensorPrimitives.Add(trajectory, correction, trajectory);
            last = size;
            if (size <= Settled * Math.Abs(TensorPrimitives.MaxMagnitude<double>(trajectory)))
            {
                break;
            }
        }

        return last <= Sufficient * Math.Abs(TensorPrimitives.MaxMagnitude<double>(trajectory)) ? trajectory : throw NotSolvable();
    }

    private static GmmException NotSolvable() => new(
        "The windows and the precisions of the model do not determine the trajectory: the equations are singular. "
        + "Give each window at least the width of the one before it.");

    /// <summary>Computes the lower triangle of W' P W.</summary>
    private BandedFactor Assemble(CancellationToken cancellationToken)
    {
        int reach = Math.Min(2 * windows.Max(window => window.HalfWidth), rows.Count - 1);
        BandedFactor matrix = new(rows.Count, statics, checked((statics * (reach + 1)) - 1));
        for (int t = 0; t < rows.Count; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FindDropped(t);
            ReadOnlySpan<double> precision = precisionOf(rows[t]);
            for (int q = 0; q < windows.Length; q++)
            {
                for (int r = 0; r < windows.Length; r++)
                {
                    if (!_dropped[Math.Max(q, r)])
                    {
                        AddPair(matrix, t, q, r, precision);
                    }
                }
            }
        }

        return matrix;
    }

    private void AddPair(BandedFactor matrix, int t, int q, int r, ReadOnlySpan<double> precision)
    {
        for (int i = FirstOffset(t, q); i <= LastOffset(t, q); i++)
        {
            for (int j = FirstOffset(t, r); j <= Math.Min(i, LastOffset(t, r)); j++)
            {
                double factor = windows[q][i] * windows[r][j];
                if (factor == 0)
                {
                    continue;
                }

                for (int m = 0; m < statics; m++)
                {
                    int count = i == j ? m + 1 : statics;
                    ReadOnlySpan<double> from = precision.Slice((((q * statics) + m) * _coordinates) + (r * statics), count);
                    Span<double> to = matrix.Entries(((t + i) * statics) + m, (t + j) * statics, count);
                    TensorPrimitives.MultiplyAdd(from, factor, to, to);
                }
            }
        }
    }

    /// <summary>Computes W' P (E - W c).</summary>
    private void Residual(ReadOnlySpan<double> trajectory, Span<double> residual)
    {
        residual.Clear();
        double[] difference = new double[_coordinates];
        double[] weighted = new double[_coordinates];
        for (int t = 0; t < rows.Count; t++)
        {
            FindDropped(t);
            Difference(t, trajectory, difference);
            Weight(precisionOf(rows[t]), difference, weighted);
            for (int q = 0; q < windows.Length; q++)
            {
                ReadOnlySpan<double> from = weighted.AsSpan(q * statics, statics);
                for (int j = FirstOffset(t, q); j <= LastOffset(t, q); j++)
                {
                    Span<double> to = residual.Slice((t + j) * statics, statics);
                    TensorPrimitives.MultiplyAdd(from, windows[q][j], to, to);
                }
            }
        }
    }

    /// <summary>Computes E - W c for one row.</summary>
    private void Difference(int t, ReadOnlySpan<double> trajectory, Span<double> difference)
    {
        int row = rows[t];
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] = means[row, i];
        }

        for (int q = 0; q < windows.Length; q++)
        {
            Span<double> to = difference.Slice(q * statics, statics);
            for (int j = FirstOffset(t, q); j <= LastOffset(t, q); j++)
            {
                TensorPrimitives.MultiplyAdd(trajectory.Slice((t + j) * statics, statics), -windows[q][j], to, to);
            }
        }
    }

    /// <summary>Multiplies by the cut precision of a row.</summary>
    private void Weight(ReadOnlySpan<double> precision, ReadOnlySpan<double> difference, Span<double> weighted)
    {
        for (int i = 0; i < _coordinates; i++)
        {
            double sum = 0;
            for (int r = 0; r < windows.Length; r++)
            {
                if (!_dropped[Math.Max(i / statics, r)])
                {
                    sum += TensorPrimitives.Dot(
                        precision.Slice((i * _coordinates) + (r * statics), statics), difference.Slice(r * statics, statics));
                }
            }

            weighted[i] = sum;
        }
    }

    private void FindDropped(int t)
    {
        for (int q = 0; q < windows.Length; q++)
        {
            _dropped[q] = rows.IsDropped(t, windows[q]);
        }
    }

    private int FirstOffset(int t, int window) => Math.Max(-windows[window].HalfWidth, -t);

    private int LastOffset(int t, int window) => Math.Min(windows[window].HalfWidth, rows.Count - 1 - t);
}
