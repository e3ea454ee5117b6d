using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Model.Variational;
using GmmNative.Statistics;

namespace GmmNative.Maximization.Variational;

/// <summary>
/// The lower bound of the log-evidence in scikit-learn's form, without constants: the posteriors of the last E-step with the parameters
/// after the last M-step.
/// </summary>
/// <remarks>
/// The bound needs sum r log r over all rows and components. With log r_tk = l_tk - log-sum_k l_tk, and l_tk linear in the statistics, it
/// follows from the statistics, without another pass: sum_k (N_k c_k - tr(Sigma_k^-1 M_k) / 2) minus the log-likelihood, with the
/// normalizers c_k and the second moments M_k about the means of the model of the E-step. If the second moments of the rows are pooled,
/// their share of the traces is computed once for all components.
/// </remarks>
internal static class VariationalBound
{
    /// <summary>Computes the bound.</summary>
    /// <param name="before">The model whose E-step gave the statistics.</param>
    /// <param name="statistics">The statistics.</param>
    /// <param name="after">The updated model, with its posterior.</param>
    /// <param name="execution">The backend and threads.</param>
    public static Objective Of(MixtureFactors before, SufficientStatistics statistics, MixtureFactors after, ExecutionPlan execution)
    {
        GaussianMixture model = after.Model;
        VariationalPosterior posterior = model.Variational!;
        int dimension = model.Dimension;
        double[] joint = LogJoint(before, statistics, execution);
        Total total = default;
        total.Add(statistics.LogLikelihood);
        for (int k = 0; k < joint.Length; k++)
        {
            double degrees = posterior.Degrees(k);
            total.Add(-joint[k]);
            total.Add(-0.5 * degrees * (after.LogDeterminants[k] + (dimension * Math.Log(0.5 * degrees))));
            for (int i = 0; i < dimension; i++)
            {
                total.Add(GammaFunctions.LogGamma(0.5 * (degrees - i)));
            }

            total.Add(-0.5 * dimension * Math.Log(posterior.MeanPrecision.Span[k]));
        }

        if (statistics.PooledSecond is { } pooled)
        {
            total.Add(0.5 * Distance(before, 0, statistics.Layout, pooled, new double[statistics.Layout.LargestSquare], execution));
        }

        AddWeights(posterior, ref total);
        return new Objective(total.Sum, total.Magnitude, IsOfUpdate: true);
    }

    /// <summary>Adds minus the logarithm of the normalizing constant of the weights.</summary>
    private static void AddWeights(VariationalPosterior posterior, ref Total total)
    {
        ReadOnlySpan<double> concentration = posterior.WeightConcentration.Span;
        double sum = 0;
        foreach (double value in concentration)
        {
            total.Add(GammaFunctions.LogGamma(value));
            sum += value;
        }

        if (posterior.WeightPrior == WeightPrior.DirichletDistribution)
        {
            total.Add(-GammaFunctions.LogGamma(sum));
            return;
        }

        int components = concentration.Length / 2;
        for (int k = 0; k < components; k++)
        {
            total.Add(-GammaFunctions.LogGamma(concentration[k] + concentration[components + k]));
        }
    }

    /// <summary>Computes, for each component, the sum over rows of r_tk l_tk.</summary>
    private static double[] LogJoint(MixtureFactors before, SufficientStatistics statistics, ExecutionPlan execution)
    {
        LiftedLayout layout = statistics.Layout;
        double[] sums = new double[statistics.Components];
        long operations = (long)layout.Dimension * layout.LargestSquare;
        (ComponentMoments, double[], double[], double[]) CreateScratch() => (
            new ComponentMoments(layout), new double[layout.Dimension], new double[layout.SecondMoments],
            new double[layout.LargestSquare]);
        ComponentLoop.Run(sums.Length, operations, execution.Threads, CreateScratch, (k, scratch) =>
        {
            (ComponentMoments moments, double[] move, double[] second, double[] precision) = scratch;
            statistics.Component(k, moments);
            TensorPrimitives.Subtract(before.Model.Mean(k), moments.Origin, move);
            moments.SecondAbout(move, second);

            // A component without rows may have a normalizer of minus infinity.
            sums[k] = moments.Occupancy == 0
                ? 0 : (moments.Occupancy * before.LogNormalizers[k]) - (0.5 * Distance(before, k, layout, second, precision, execution));
        });
        return sums;
    }

    /// <summary>Computes tr(Sigma_k^-1 M_k): the sum of the squared Mahalanobis distances, weighted by the posteriors.</summary>
    private static double Distance(
        MixtureFactors factors, int component, LiftedLayout layout, double[] second, double[] precision, ExecutionPlan execution)
    {
        int[][] groups = factors.Model.Structure.GroupArrays;
        double sum = 0;
        int p = 0;
        if (layout.SecondMoments == 1)
        {
            factors.Precision(component, 0, execution.Backend.DoubleOperations, precision);
            return precision[0] * second[0];
        }

        for (int g = 0; g < groups.Length; g++)
        {
            int[] group = groups[g];
            factors.Precision(component, g, execution.Backend.DoubleOperations, precision);
            for (int a = 0; a < group.Length; a++)
            {
                for (int b = a; b < group.Length; b++, p++)
                {
                    sum += (a == b ? 1 : 2) * precision[(a * group.Length) + b] * second[p];
                }
            }
        }

        return sum;
    }

    /// <summary>A sum and the sum of the magnitudes of its terms.</summary>
    private struct Total
    {
        public double Sum { get; private set; }

        public double Magnitude { get; private set; }

        public void Add(double term)
        {
            Sum += term;
            Magnitude += Math.Abs(term);
        }
    }
}
