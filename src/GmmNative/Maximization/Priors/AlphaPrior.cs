using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization.Priors;

/// <summary>
/// MAP smoothing (Gauvain and Lee, 1994) in the form of SPTK and diffsptk: a background model, weighted by alpha.
/// </summary>
/// <remarks>
/// The update adds the background model as xi_k = alpha w_k additional rows of each component k, with the moments of that component.
/// The objective of the update is therefore the log-likelihood plus the sum over k of xi_k (log w_k + E log N(x; mu_k, Sigma_k)),
/// with the expectation over the background model's component:
/// E log N = -(D log 2 pi + log |Sigma_k| + tr(Sigma_k^-1 (Sigma_u + (mu_u - mu_k)(mu_u - mu_k)'))) / 2.
/// </remarks>
/// <param name="ubm">The background model, in the structure of the model.</param>
/// <param name="alpha">The number of rows that the background model counts as, at least 0.</param>
internal sealed class AlphaPrior(GaussianMixture ubm, double alpha) : IPrior
{
    /// <inheritdoc/>
    public void AddTo(int component, ComponentMoments moments)
    {
        double rows = Rows(component);
        if (rows > 0)
        {
            moments.AddRows(rows, rows, ubm, component);
        }
    }

    /// <inheritdoc/>
    /// <remarks>w_k = (N_k + xi_k) / (T + alpha).</remarks>
    public double AddToWeights(Span<double> occupancies, double totalWeight)
    {
        for (int k = 0; k < occupancies.Length; k++)
        {
            occupancies[k] += Rows(k);
        }

        return totalWeight + alpha;
    }

    /// <inheritdoc/>
    public double LogDensity(MixtureFactors factors)
    {
        double sum = 0;
        for (int k = 0; k < ubm.ComponentCount; k++)
        {
            double rows = Rows(k);
            if (rows > 0)
            {
                sum += rows * (factors.LogNormalizers[k] - (0.5 * ExpectedSquare(factors, k)));
            }
        }

        return sum;
    }

    /// <summary>Returns xi_k.</summary>
    private double Rows(int component) => alpha * ubm.Weights.Span[component];

    /// <summary>Computes tr(Sigma_k^-1 M), with the background component's second moment M about the model's mean, from L^-1.</summary>
    private double ExpectedSquare(MixtureFactors factors, int component)
    {
        int[][] groups = ubm.Structure.GroupArrays;
        double trace = 0;
        for (int g = 0; g < groups.Length; g++)
        {
            int[] group = groups[g];
            int n = group.Length;
            double[] inverse = InverseFactor(factors.Factor(component, g), n);
            double[] moment = Moment(factors.Model, component, group);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double product = 0;
                    for (int m = 0; m <= i; m++)
                    {
                        product += moment[(j * n) + m] * inverse[(i * n) + m];
                    }

                    trace += inverse[(i * n) + j] * product;
                }
            }
        }

        return trace;
    }

    private double[] Moment(GaussianMixture model, int component, int[] group)
    {
        int n = group.Length;
        ReadOnlySpan<double> mean = model.Mean(component);
        ReadOnlySpan<double> prior = ubm.Mean(component);
        double[] moment = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            double offset = prior[group[i]] - mean[group[i]];
            for (int j = 0; j < n; j++)
            {
                moment[(i * n) + j] = ubm.CovarianceAt(component, group[i], group[j]) + (offset * (prior[group[j]] - mean[group[j]]));
            }
        }

        return moment;
    }

    /// <summary>Computes L^-1 of a lower triangular n x n matrix; only the lower triangle is stored.</summary>
    private static double[] InverseFactor(ReadOnlySpan<double> factor, int n)
    {
        double[] inverse = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            inverse[(j * n) + j] = 1 / factor[(j * n) + j];
            for (int i = j + 1; i < n; i++)
            {
                double sum = 0;
                for (int m = j; m < i; m++)
                {
                    sum += factor[(i * n) + m] * inverse[(m * n) + j];
                }

                inverse[(i * n) + j] = -sum / factor[(i * n) + i];
            }
        }

        return inverse;
    }
}
