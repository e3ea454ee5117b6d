using GmmNative.Expectation;

namespace GmmNative.Statistics;

/// <summary>
/// The moments of one component about one origin: what every update of a component is made from. Scratch memory, filled for one component
/// after the other by <see cref="SufficientStatistics.Component"/>; a prior may then add to it.
/// </summary>
/// <remarks>
/// A prior is worth so many further rows, which need not be as many for the mean as for the covariance. So the rows that either is made
/// from are counted apart; without a prior they are the same.
/// </remarks>
internal sealed class ComponentMoments(LiftedLayout layout)
{
    private readonly double[] _offset = new double[layout.Dimension];

    /// <summary>Which products are summed, and in which order.</summary>
    public LiftedLayout Layout => layout;

    /// <summary>N, the component's sum of weighted posteriors.</summary>
    public double Occupancy { get; set; }

    /// <summary>D: what the moments are about.</summary>
    public double[] Origin { get; } = new double[layout.Dimension];

    /// <summary>D sums of rows less the origin, which the mean is made from.</summary>
    public double[] First { get; } = new double[layout.Dimension];

    /// <summary>The rows of <see cref="First"/>.</summary>
    public double MeanOccupancy { get; set; }

    /// <summary>D sums of the rows that <see cref="Second"/> holds, less the origin.</summary>
    public double[] CovarianceFirst { get; } = new double[layout.Dimension];

    /// <summary>Sums of products of rows less the origin, group by group, in the order of the layout's features.</summary>
    public double[] Second { get; } = new double[layout.Products];

    /// <summary>The rows of <see cref="Second"/>.</summary>
    public double CovarianceOccupancy { get; set; }

    /// <summary>Counts a component of another mixture as further rows of its mean and covariance.</summary>
    /// <param name="meanRows">The number of rows that the new mean is to be drawn by.</param>
    /// <param name="covarianceRows">The number of rows that the new covariance is to be drawn by.</param>
    /// <param name="model">The mixture, in the structure of the moments.</param>
    /// <param name="component">Its component.</param>
    public void AddRows(double meanRows, double covarianceRows, GaussianMixture model, int component)
    {
        ReadOnlySpan<double> mean = model.Mean(component);
        for (int d = 0; d < First.Length; d++)
        {
            _offset[d] = mean[d] - Origin[d];
            First[d] += meanRows * _offset[d];
            CovarianceFirst[d] += covarianceRows * _offset[d];
        }

        for (int p = 0; p < Second.Length; p++)
        {
            int i = layout.Left[layout.Dimension + p];
            int j = layout.Right[layout.Dimension + p];
            Second[p] += covarianceRows * (model.CovarianceAt(component, i, j) + (_offset[i] * _offset[j]));
        }

        MeanOccupancy += meanRows;
        CovarianceOccupancy += covarianceRows;
    }
}
