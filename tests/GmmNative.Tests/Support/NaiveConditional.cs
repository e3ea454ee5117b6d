using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>The conditional distribution of target coordinates given a row, in pairs of doubles, straight from the definitions.</summary>
internal sealed class NaiveConditional
{
    public NaiveConditional(GaussianMixture model, int[] given, int[] targets, double[] row)
    {
        int components = model.ComponentCount;
        int wanted = targets.Length;
        DoubleDouble[] posteriors = new DoubleDouble[components];
        LogDensity = new NaiveMixture(model.WithStructure(new CovarianceStructure(CovarianceKind.Full, model.Dimension)).Marginal(given))
            .Expect(row, posteriors).High;
        Posterior = [.. posteriors.Select(p => p.High)];
        Expected = new double[wanted];
        Covariance = new double[wanted * wanted];
        DoubleDouble[] expected = new DoubleDouble[wanted];
        DoubleDouble[,] covariance = new DoubleDouble[wanted, wanted];
        for (int k = 0; k < components; k++)
        {
            (DoubleDouble[] mean, DenseMatrix own) = Component(model, k, given, targets, row);
            Means.Add(mean);
            Covariances.Add(own);
            for (int i = 0; i < wanted; i++)
            {
                expected[i] += posteriors[k] * mean[i];
            }
        }

        for (int i = 0; i < wanted; i++)
        {
            Expected[i] = expected[i].High;
            for (int j = 0; j < wanted; j++)
            {
                for (int k = 0; k < components; k++)
                {
                    covariance[i, j] += posteriors[k]
                        * (Covariances[k][i, j] + ((Means[k][i] - expected[i]) * (Means[k][j] - expected[j])));
                }

                Covariance[(i * wanted) + j] = covariance[i, j].High;
            }
        }
    }

    /// <summary>The log-density of the row.</summary>
    public double LogDensity { get; }

    /// <summary>The posteriors of the components.</summary>
    public double[] Posterior { get; }

    /// <summary>The conditional mean of each component.</summary>
    public List<DoubleDouble[]> Means { get; } = [];

    /// <summary>The conditional covariance of each component.</summary>
    public List<DenseMatrix> Covariances { get; } = [];

    /// <summary>E[y | x].</summary>
    public double[] Expected { get; }

    /// <summary>Cov[y | x], row-major.</summary>
    public double[] Covariance { get; }

    private static (DoubleDouble[] Mean, DenseMatrix Covariance) Component(
        GaussianMixture model, int k, int[] given, int[] targets, double[] row)
    {
        DenseMatrix factor = DenseMatrix.From(given.Length, given.Length, (i, j) => model.CovarianceAt(k, given[i], given[j])).Cholesky();
        DenseMatrix cross = factor.SolveLower(
            DenseMatrix.From(given.Length, targets.Length, (i, j) => model.CovarianceAt(k, given[i], targets[j])));
        DenseMatrix difference = factor.SolveLower(
            DenseMatrix.From(given.Length, 1, (i, _) => (DoubleDouble)row[i] - model.Mean(k)[given[i]]));
        DenseMatrix moved = cross.Transposed().Times(difference);
        DenseMatrix explained = cross.Transposed().Times(cross);
        return (
            [.. targets.Select((target, i) => (DoubleDouble)model.Mean(k)[target] + moved[i, 0])],
            DenseMatrix.From(
                targets.Length, targets.Length, (i, j) => (DoubleDouble)model.CovarianceAt(k, targets[i], targets[j]) - explained[i, j]));
    }
}
