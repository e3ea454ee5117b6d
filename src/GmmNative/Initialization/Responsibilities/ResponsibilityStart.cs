using CommunityToolkit.HighPerformance;
using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Responsibilities;

/// <summary>A start from given posteriors (responsibilities): one M-step.</summary>
/// <param name="context">The rows and the shape of the model.</param>
/// <param name="posteriors">T x K, each row with a sum of 1.</param>
/// <param name="maximization">The M-step.</param>
internal sealed class ResponsibilityStart(
    InitializationContext context, ReadOnlyMemory2D<double> posteriors, IMaximization maximization) : IStart
{
    /// <inheritdoc/>
    /// <exception cref="VectorDataException">The posteriors do not fit the rows, or are not distributions.</exception>
    public GaussianMixture Run()
    {
        GivenPosteriors.Check(posteriors, context.Summary.Rows, context.Components, "The posteriors of the start");

        // A component to which no row belongs has the mean and the variances of all rows.
        double[] means = [.. Enumerable.Repeat(context.Summary.Mean, context.Components).SelectMany(mean => mean)];
        GaussianMixture whole = StartingMixture.Uncorrelated(
            context, means, _ => [.. context.Summary.Deviation.Select(deviation => deviation * deviation)]);
        SufficientStatistics statistics = Sum(means);
        UpdateResult result = maximization.Update(whole, statistics, 1, PrecisionLimits<double>.MomentPrecision);
        return result.HasLostDigits
            ? maximization.Update(whole, Sum(result.Means), 1, MomentPrecision.Unchecked).Model
            : result.Model;
    }

    private SufficientStatistics Sum(double[] origins) => PosteriorSums.Of(
        context.Data, context.Structure, context.Execution, posteriors, origins, context.CancellationToken);
}
