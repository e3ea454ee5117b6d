using GmmNative.Model;

namespace GmmNative.Tests.Support;

/// <summary>EM over rows with missing values straight from the definition, row by row, with dense matrices in double.</summary>
internal sealed class NaiveMissing
{
    private readonly GaussianMixture _model;
    private readonly int _dimension;

    public NaiveMissing(GaussianMixture model)
    {
        _model = model;
        _dimension = model.Dimension;
    }

    /// <summary>The log-density of the observed coordinates of a row.</summary>
    public double LogDensity(ReadOnlySpan<double> row, double[] posterior)
    {
        int[] observed = Places(row, isMissing: false);
        for (int k = 0; k < posterior.Length; k++)
        {
            posterior[k] = Math.Log(_model.Weights.Span[k]) + LogNormal(k, row, observed);
        }

        double largest = posterior.Max();
        double sum = posterior.Sum(value => Math.Exp(value - largest));
        for (int k = 0; k < posterior.Length; k++)
        {
            posterior[k] = Math.Exp(posterior[k] - largest) / sum;
        }

        return largest + Math.Log(sum);
    }

    /// <summary>One iteration: the next model, and the log-likelihood of the current one.</summary>
    public (GaussianMixture Next, double LogLikelihood) Step(double[] rows)
    {
        int components = _model.ComponentCount;
        double[] occupancy = new double[components];
        double[,] first = new double[components, _dimension];
        List<double[]> second = [.. Enumerable.Range(0, components).Select(_ => new double[_dimension * _dimension])];
        double[] posterior = new double[components];
        double total = 0;
        for (int t = 0; t < rows.Length; t += _dimension)
        {
            ReadOnlySpan<double> row = rows.AsSpan(t, _dimension);
            total += LogDensity(row, posterior);
            for (int k = 0; k < components; k++)
            {
                occupancy[k] += posterior[k];
                (double[] y, double[] v) = Complete(k, row);
                for (int i = 0; i < _dimension; i++)
                {
                    first[k, i] += posterior[k] * y[i];
                    for (int j = 0; j < _dimension; j++)
                    {
                        second[k][(i * _dimension) + j] += posterior[k] * ((y[i] * y[j]) + v[(i * _dimension) + j]);
                    }
                }
            }
        }

        return (Update(occupancy, first, second, rows.Length / _dimension), total);
    }

    /// <summary>The expected row under one component, and the covariance of its missing coordinates.</summary>
    public (double[] Row, double[] Covariance) Complete(int component, ReadOnlySpan<double> row)
    {
        int[] observed = Places(row, isMissing: false);
        int[] missing = Places(row, isMissing: true);
        double[] y = row.ToArray();
        double[] v = new double[_dimension * _dimension];
        double[] difference = [.. observed.Select(o => y[o] - _model.Mean(component)[o])];
        double[] inverse = Inverse(component, observed, out _);
        int n = observed.Length;
        foreach (int u in missing)
        {
            double[] slope = new double[n];
            for (int j = 0; j < n; j++)
            {
                for (int i = 0; i < n; i++)
                {
                    slope[j] += _model.CovarianceAt(component, u, observed[i]) * inverse[(i * n) + j];
                }
            }

            y[u] = _model.Mean(component)[u] + slope.Zip(difference, (a, b) => a * b).Sum();
            foreach (int w in missing)
            {
                v[(u * _dimension) + w] = _model.CovarianceAt(component, u, w)
                    - slope.Select((s, j) => s * _model.CovarianceAt(component, observed[j], w)).Sum();
            }
        }

        return (y, v);
    }

    private GaussianMixture Update(double[] occupancy, double[,] first, List<double[]> second, int rows)
    {
        CovarianceStructure structure = _model.Structure;
        int components = occupancy.Length;
        double[] means = new double[components * _dimension];
        double[] covariances = structure.Storage.Allocate(components);
        double[] pooled = new double[_dimension * _dimension];
        for (int k = 0; k < components; k++)
        {
            double[] own = new double[_dimension * _dimension];
            for (int i = 0; i < own.Length; i++)
            {
                (int a, int b) = Math.DivRem(i, _dimension);
                means[(k * _dimension) + a] = first[k, a] / occupancy[k];
                own[i] = (second[k][i] / occupancy[k]) - (first[k, a] * first[k, b] / (occupancy[k] * occupancy[k]));
                pooled[i] += own[i] * occupancy[k] / rows;
            }

            if (!structure.IsTied)
            {
                Store(structure, own, structure.Storage.Of(covariances.AsSpan(), k));
            }
        }

        if (structure.IsTied)
        {
            Store(structure, pooled, structure.Storage.Of(covariances.AsSpan(), 0));
        }

        return new GaussianMixture(structure, [.. occupancy.Select(n => n / rows)], means, covariances);
    }

    private void Store(CovarianceStructure structure, double[] matrix, Span<double> covariance)
    {
        double average = Enumerable.Range(0, _dimension).Average(d => matrix[(d * _dimension) + d]);
        for (int i = 0; i < _dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                if (structure.IsKept(i, j))
                {
                    structure.Storage.SetEntry(covariance, i, j, structure.IsSpherical ? average : matrix[(i * _dimension) + j]);
                }
            }
        }
    }

    private double LogNormal(int component, ReadOnlySpan<double> row, int[] observed)
    {
        double[] inverse = Inverse(component, observed, out double logDeterminant);
        double distance = 0;
        for (int i = 0; i < observed.Length; i++)
        {
            for (int j = 0; j < observed.Length; j++)
            {
                distance += inverse[(i * observed.Length) + j] * (row[observed[i]] - _model.Mean(component)[observed[i]])
                    * (row[observed[j]] - _model.Mean(component)[observed[j]]);
            }
        }

        return -0.5 * ((observed.Length * Math.Log(2 * Math.PI)) + logDeterminant + distance);
    }

    /// <summary>The inverse of the covariance of some coordinates by Gauss and Jordan.</summary>
    private double[] Inverse(int component, int[] places, out double logDeterminant)
    {
        int n = places.Length;
        double[,] work = new double[n, 2 * n];
        for (int i = 0; i < n; i++)
        {
            work[i, n + i] = 1;
            for (int j = 0; j < n; j++)
            {
                work[i, j] = _model.CovarianceAt(component, places[i], places[j]);
            }
        }

        logDeterminant = 0;
        for (int p = 0; p < n; p++)
        {
            double pivot = work[p, p];
            logDeterminant += Math.Log(pivot);
            for (int j = 0; j < 2 * n; j++)
            {
                work[p, j] /= pivot;
            }

            for (int i = 0; i < n; i++)
            {
                double factor = i == p ? 0 : work[i, p];
                for (int j = 0; j < 2 * n; j++)
                {
                    work[i, j] -= factor * work[p, j];
                }
            }
        }

        double[] inverse = new double[n * n];
        for (int i = 0; i < n * n; i++)
        {
            inverse[i] = work[i / n, n + (i % n)];
        }

        return inverse;
    }

    private static int[] Places(ReadOnlySpan<double> row, bool isMissing)
    {
        List<int> places = [];
        for (int d = 0; d < row.Length; d++)
        {
            if (double.IsNaN(row[d]) == isMissing)
            {
                places.Add(d);
            }
        }

        return [.. places];
    }
}
