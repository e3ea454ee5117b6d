using System.Numerics.Tensors;

namespace GmmNative.Expectation;

/// <summary>
/// The point that rows are taken relative to before they are lifted: the mixture's mean, or in each coordinate the weighted median of the
/// components' means, whichever leaves the components nearer in units of their own deviations.
/// </summary>
/// <remarks>
/// It depends on the model alone, so that a row's score does not depend on the other rows. The median is for a few rows far to one side:
/// they draw the mean many standard deviations away from all the others, whose products would then lose their digits.
/// </remarks>
internal static class ExpansionPoint
{
    /// <summary>D numbers.</summary>
    public static double[] Of(GaussianMixture model)
    {
        double[] mean = Mean(model);
        double[] median = Median(model);
        return Spread(model, median) < Spread(model, mean) ? median : mean;
    }

    private static double[] Mean(GaussianMixture model)
    {
        double[] mean = new double[model.Dimension];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            TensorPrimitives.MultiplyAdd(model.Mean(k), model.Weights.Span[k], mean, mean);
        }

        return mean;
    }

    private static double[] Median(GaussianMixture model)
    {
        double[] median = new double[model.Dimension];
        double[] values = new double[model.ComponentCount];
        double[] weights = new double[model.ComponentCount];
        for (int d = 0; d < median.Length; d++)
        {
            model.Weights.Span.CopyTo(weights);
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = model.Mean(k)[d];
            }

            Array.Sort(values, weights);
            int middle = 0;
            for (double sum = weights[0]; sum < 0.5 && middle < values.Length - 1; sum += weights[middle])
            {
                middle++;
            }

            median[d] = values[middle];
        }

        return median;
    }

    /// <summary>
    /// How far the means lie from a point in their components' deviations: weighted logarithms of the squared distances, for a component
    /// far from any point must not decide for the others.
    /// </summary>
    private static double Spread(GaussianMixture model, double[] point)
    {
        double spread = 0;
        for (int k = 0; k < model.ComponentCount; k++)
        {
            double distance = 0;
            for (int d = 0; d < point.Length; d++)
            {
                double difference = model.Mean(k)[d] - point[d];
                distance += difference * difference / model.CovarianceAt(k, d, d);
            }

            spread += model.Weights.Span[k] * Math.Log(1 + distance);
        }

        return spread;
    }
}
