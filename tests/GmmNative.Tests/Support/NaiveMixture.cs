using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>
/// The whole algorithm straight from its definition, in numbers of 31 digits: log-densities, posteriors and one EM step. Slow, and
/// meant to be seen to be right.
/// </summary>
internal sealed class NaiveMixture
{
    private readonly DenseMatrix[] _factors;
    private readonly DoubleDouble[] _logNormalizers;

    public NaiveMixture(GaussianMixture model)
    {
        Model = model;
        int dimension = model.Dimension;
        _factors = new DenseMatrix[model.ComponentCount];
        _logNormalizers = new DoubleDouble[model.ComponentCount];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            int component = k;
            _factors[k] = DenseMatrix.From(dimension, dimension, (i, j) => model.CovarianceAt(component, i, j)).Cholesky();
            DoubleDouble sum = DoubleDouble.Log(model.Weights.Span[k]) - (DoubleDouble.Log(DoubleDouble.TwoPi) * dimension / 2);
            for (int d = 0; d < dimension; d++)
            {
                sum -= DoubleDouble.Log(_factors[k][d, d]);
            }

            _logNormalizers[k] = sum;
        }
    }

    public GaussianMixture Model { get; }

    /// <summary>log w_k + log N(x; mu_k, Sigma_k).</summary>
    public DoubleDouble LogJoint(int component, ReadOnlySpan<double> row)
    {
        int dimension = Model.Dimension;
        DenseMatrix factor = _factors[component];
        ReadOnlySpan<double> mean = Model.Mean(component);
        DoubleDouble[] y = new DoubleDouble[dimension];
        DoubleDouble distance = DoubleDouble.Zero;
        for (int i = 0; i < dimension; i++)
        {
            DoubleDouble rest = (DoubleDouble)row[i] - mean[i];
            for (int j = 0; j < i; j++)
            {
                // Outside the structure the factor is zero too.
                if (factor[i, j].High != 0)
                {
                    rest -= factor[i, j] * y[j];
                }
            }

            y[i] = rest / factor[i, i];
            distance += y[i] * y[i];
        }

        return _logNormalizers[component] - (distance / 2);
    }

    /// <summary>The log-density of a row, and the posteriors of the components.</summary>
    public DoubleDouble Expect(ReadOnlySpan<double> row, Span<DoubleDouble> posteriors)
    {
        int components = Model.ComponentCount;
        DoubleDouble largest = double.MinValue;
        for (int k = 0; k < components; k++)
        {
            posteriors[k] = LogJoint(k, row);
            largest = DoubleDouble.Max(largest, posteriors[k]);
        }

        DoubleDouble sum = DoubleDouble.Zero;
        for (int k = 0; k < components; k++)
        {
            // Below e^-680 a share is nothing, and its low part would leave the range of double.
            DoubleDouble less = posteriors[k] - largest;
            posteriors[k] = less < -680 ? DoubleDouble.Zero : DoubleDouble.Exp(less);
            sum += posteriors[k];
        }

        for (int k = 0; k < components; k++)
        {
            posteriors[k] /= sum;
        }

        return largest + DoubleDouble.Log(sum);
    }

    /// <summary>All rows at once.</summary>
    public NaiveExpectation Expect(ReadOnlySpan<double> rows)
    {
        int dimension = Model.Dimension;
        int count = rows.Length / dimension;
        NaiveExpectation result = new(count, Model.ComponentCount);
        for (int t = 0; t < count; t++)
        {
            result.LogDensities[t] = Expect(rows.Slice(t * dimension, dimension), result.PosteriorsOf(t));
        }

        return result;
    }

    /// <summary>The M-step, from the definition.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="expectation">The E-step of the same rows.</param>
    /// <param name="weightFloor">f.</param>
    /// <param name="varianceFloor">Least variance.</param>
    /// <param name="ubm">The background model, if there is one.</param>
    /// <param name="alpha">Its weight.</param>
    public NaiveUpdate Update(
        ReadOnlySpan<double> rows, NaiveExpectation expectation, double weightFloor, double varianceFloor, GaussianMixture? ubm = null,
        double alpha = 0)
    {
        int components = Model.ComponentCount;
        NaiveUpdate update = new(components, Model.Dimension);
        for (int k = 0; k < components; k++)
        {
            DoubleDouble prior = ubm is null ? DoubleDouble.Zero : (DoubleDouble)alpha * ubm.Weights.Span[k];
            UpdateComponent(k, rows, expectation, ubm, prior, update);
            update.Weights[k] = (update.Occupancies[k] + prior) / ((DoubleDouble)expectation.Count + (ubm is null ? 0 : alpha));
        }

        if (Model.Structure.IsTied)
        {
            Pool(update);
        }

        foreach (DenseMatrix covariance in update.Covariances)
        {
            Floor(covariance, varianceFloor);
        }

        FloorWeights(update.Weights, weightFloor);
        return update;
    }

    private void UpdateComponent(
        int component, ReadOnlySpan<double> rows, NaiveExpectation expectation, GaussianMixture? ubm, DoubleDouble prior,
        NaiveUpdate update)
    {
        int dimension = Model.Dimension;
        DoubleDouble occupancy = DoubleDouble.Zero;
        DoubleDouble[] mean = update.Means[component];
        for (int t = 0; t < expectation.Count; t++)
        {
            DoubleDouble posterior = expectation.PosteriorsOf(t)[component];
            occupancy += posterior;
            for (int d = 0; d < dimension; d++)
            {
                mean[d] += posterior * rows[(t * dimension) + d];
            }
        }

        update.Occupancies[component] = occupancy;
        DoubleDouble total = occupancy + prior;
        for (int d = 0; d < dimension; d++)
        {
            mean[d] = (mean[d] + (prior * (ubm is null ? 0 : ubm.Mean(component)[d]))) / total;
        }

        DenseMatrix covariance = update.Covariances[component];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = i; j < dimension; j++)
            {
                if (!Model.Structure.IsKept(i, j))
                {
                    continue;
                }

                DoubleDouble sum = DoubleDouble.Zero;
                for (int t = 0; t < expectation.Count; t++)
                {
                    sum += expectation.PosteriorsOf(t)[component] * (
                        (rows[(t * dimension) + i] - mean[i]) * (rows[(t * dimension) + j] - mean[j]));
                }

                if (ubm is not null)
                {
                    DoubleDouble offset = (ubm.Mean(component)[i] - mean[i]) * (ubm.Mean(component)[j] - mean[j]);
                    sum += prior * (ubm.CovarianceAt(component, i, j) + offset);
                }

                covariance[i, j] = sum / total;
                covariance[j, i] = covariance[i, j];
            }
        }
    }

    /// <summary>Gives all components the average of their covariances, weighted by their weights before the floor.</summary>
    private static void Pool(NaiveUpdate update)
    {
        int dimension = update.Means[0].Length;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                DoubleDouble sum = DoubleDouble.Zero;
                for (int k = 0; k < update.Covariances.Length; k++)
                {
                    sum += update.Weights[k] * update.Covariances[k][i, j];
                }

                foreach (DenseMatrix covariance in update.Covariances)
                {
                    covariance[i, j] = sum;
                }
            }
        }
    }

    /// <summary>Averages the variances if coordinates share them, and raises variances to the floor.</summary>
    private void Floor(DenseMatrix covariance, double varianceFloor)
    {
        int dimension = Model.Dimension;
        DoubleDouble trace = DoubleDouble.Zero;
        for (int d = 0; d < dimension; d++)
        {
            trace += covariance[d, d];
        }

        for (int d = 0; d < dimension; d++)
        {
            DoubleDouble variance = Model.Structure.IsSpherical ? trace / dimension : covariance[d, d];
            covariance[d, d] = DoubleDouble.Max(variance, varianceFloor);
        }
    }

    private static void FloorWeights(DoubleDouble[] weights, double floor)
    {
        DoubleDouble sum = DoubleDouble.Zero;
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = DoubleDouble.Max(weights[k], floor);
            sum += weights[k];
        }

        DoubleDouble floors = (DoubleDouble)floor * weights.Length;
        DoubleDouble scale = (DoubleDouble.One - floors) / (sum - floors);
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = (scale * weights[k]) + ((DoubleDouble)floor * (DoubleDouble.One - scale));
        }
    }
}
