using System.Numerics.Tensors;

namespace GmmNative.Expectation;

/// <summary>
/// The point that is subtracted from rows before they are lifted: the mean of the mixture or, in each coordinate, the weighted median of
/// the means of the components. The point that is closer to the components, relative to their standard deviations, is used.
/// </summary>
/// <remarks>
/// The point depends only on the model, so that the score of a row does not depend on the other rows. The median is for data with a few
/// rows far to one side. These rows move the mean many standard deviations away from all others, whose products would lose their digits.
/// </remarks>
internal static class ExpansionPoint
{
    /// <summary>Computes the expansion point of a model: D coordinates.</summary>
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
    /// Computes how far the means are from a point, relative to the standard deviations of their components: weighted logarithms of the
    /// squared distances, so that a component far from any point does not dominate.
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
