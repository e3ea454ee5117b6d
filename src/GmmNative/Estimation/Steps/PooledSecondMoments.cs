using System.Numerics;
using GmmNative.Data;
using GmmNative.Expectation;
using GmmNative.Initialization.Responsibilities;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Estimation.Steps;

/// <summary>
/// The second moments of all rows, for components that share a covariance. They do not depend on the posteriors, so one pass over the rows
/// serves all iterations, and an E-step sums occupancies and rows only.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
/// <param name="data">The rows.</param>
/// <param name="precision">The precision of a covariance that is computed from pooled second moments.</param>
internal sealed class PooledSecondMoments<T>(TrainingData data, MomentPrecision precision)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SufficientStatistics? _all;

    /// <summary>
    /// Returns the second moments about the expansion point of a model, or <see langword="null"/> if they do not serve. That depends on the
    /// model and the rows only, not on earlier iterations.
    /// </summary>
    /// <remarks>
    /// They serve if products compute the posteriors of all rows without losing digits, and if the covariance is not a small difference of
    /// the second moments of rows and means.
    /// </remarks>
    /// <param name="prepared">The model of the E-step.</param>
    /// <param name="cancellationToken">Stops the pass over the rows.</param>
    public double[]? Of(PreparedMixture<T> prepared, CancellationToken cancellationToken)
    {
        LiftedLayout layout = prepared.Layout;
        if (layout.Quadratic != QuadraticFeatures.None || prepared.Products is null
            || prepared.DecideForms(
                data.Summary.Reach(prepared.ExpansionPoint), new double[layout.Features], new DensityForm[prepared.Components],
                omitsCommon: true) > 0)
        {
            return null;
        }

        _all ??= PosteriorSums.Of(data, layout.Structure, prepared.Execution, null, data.Summary.Mean, cancellationToken);
        SameRows.Check(_all.Rows, data.Summary.Rows, []);
        ComponentMoments moments = _all.Component(0, new ComponentMoments(layout));
        moments.MoveTo(prepared.ExpansionPoint, moments.Occupancy);
        return KeepsDigits(prepared.Factors.Model, moments) ? moments.Second : null;
    }

    private bool KeepsDigits(GaussianMixture model, ComponentMoments moments)
    {
        LiftedLayout layout = moments.Layout;
        double[] seconds = new double[layout.SecondMoments];
        double[] variances = new double[layout.SecondMoments];
        for (int t = 0; t < layout.TermLeft.Length; t++)
        {
            if (layout.TermLeft[t] == layout.TermRight[t])
            {
                int d = layout.TermLeft[t];
                seconds[layout.SecondOf(t)] = moments.Second[layout.SecondOf(t)] / moments.Occupancy;
                variances[layout.SecondOf(t)] += model.CovarianceAt(0, d, d);
            }
        }

        for (int p = 0; p < seconds.Length; p++)
        {
            if (!double.IsFinite(seconds[p]) || precision.IsLost(seconds[p], variances[p]))
            {
                return false;
            }
        }

        return true;
    }
}
