using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>Conversion of a sequence with windows straight from its definition: dense matrices, pairs of doubles.</summary>
internal sealed class NaiveTrajectory(GaussianMixture model, int[] given, double[][] windows, double? gap)
{
    private readonly int[] _targets = [.. Enumerable.Range(0, model.Dimension).Except(given)];

    private readonly double[][] _windows =
        [[1.0], .. windows.Select(window => window.Length % 2 == 0 ? (double[])[.. window, 0] : window)];

    private int Statics => _targets.Length / _windows.Length;

    /// <summary>Converts rows of given coordinates: T x L.</summary>
    public double[,] Convert(double[][] rows)
    {
        int[] kept = [.. Enumerable.Range(0, rows.Length).Where(row => rows[row][0] != gap)];
        double[,] result = new double[rows.Length, Statics];
        for (int t = 0; t < rows.Length; t++)
        {
            for (int m = 0; m < Statics; m++)
            {
                result[t, m] = gap ?? 0;
            }
        }

        int unknowns = kept.Length * Statics;
        DoubleDouble[,] system = new DoubleDouble[unknowns, unknowns + 1];
        for (int t = 0; t < kept.Length; t++)
        {
            NaiveConditional conditional = new(model, given, _targets, rows[kept[t]]);
            int best = Array.IndexOf(conditional.Posterior, conditional.Posterior.Max());
            DenseMatrix precision = conditional.Covariances[best].Cholesky().InverseFromCholesky();
            AddRow(system, t, kept, rows.Length, conditional.Means[best], precision);
        }

        DoubleDouble[] solution = Solve(system);
        for (int t = 0; t < kept.Length; t++)
        {
            for (int m = 0; m < Statics; m++)
            {
                result[kept[t], m] = solution[(t * Statics) + m].High;
            }
        }

        return result;
    }

    private void AddRow(DoubleDouble[,] system, int t, int[] kept, int length, DoubleDouble[] mean, DenseMatrix precision)
    {
        int unknowns = kept.Length * Statics;
        DenseMatrix w = DenseMatrix.From(_targets.Length, unknowns, (i, column) =>
        {
            double[] window = _windows[i / Statics];
            int offset = (column / Statics) - t + (window.Length / 2);
            return column % Statics == i % Statics && offset >= 0 && offset < window.Length ? window[offset] : 0;
        });
        bool[] dropped = [.. _windows.Select(window => IsDropped(window, t, kept, length))];
        DenseMatrix cut = DenseMatrix.From(
            _targets.Length, _targets.Length, (i, j) => dropped[Math.Max(i, j) / Statics] ? 0 : precision[i, j]);
        DenseMatrix weighted = w.Transposed().Times(cut);
        DenseMatrix left = weighted.Times(w);
        DenseMatrix right = weighted.Times(DenseMatrix.From(_targets.Length, 1, (i, _) => mean[i]));
        for (int i = 0; i < unknowns; i++)
        {
            for (int j = 0; j < unknowns; j++)
            {
                system[i, j] += left[i, j];
            }

            system[i, unknowns] += right[i, 0];
        }
    }

    private static bool IsDropped(double[] window, int t, int[] kept, int length)
    {
        int half = window.Length / 2;
        return t - half < 0 || t + half > kept.Length - 1 || Enumerable.Range(-half, window.Length).Any(j =>
            kept[t] + j >= 0 && kept[t] + j < length && window[j + half] != 0 && !kept.Contains(kept[t] + j));
    }

    /// <summary>Gaussian elimination with row exchanges.</summary>
    private static DoubleDouble[] Solve(DoubleDouble[,] system)
    {
        int n = system.GetLength(0);
        for (int p = 0; p < n; p++)
        {
            int largest = Enumerable.Range(p, n - p).MaxBy(i => Math.Abs(system[i, p].High));
            for (int j = p; j <= n; j++)
            {
                (system[p, j], system[largest, j]) = (system[largest, j], system[p, j]);
            }

            for (int i = p + 1; i < n; i++)
            {
                DoubleDouble factor = system[i, p] / system[p, p];
                for (int j = p; j <= n && factor.High != 0; j++)
                {
                    system[i, j] -= factor * system[p, j];
                }
            }
        }

        DoubleDouble[] x = new DoubleDouble[n];
        for (int i = n - 1; i >= 0; i--)
        {
            x[i] = system[i, n];
            for (int j = i + 1; j < n; j++)
            {
                x[i] -= system[i, j] * x[j];
            }

            x[i] /= system[i, i];
        }

        return x;
    }
}
