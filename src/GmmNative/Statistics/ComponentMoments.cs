using GmmNative.Expectation;

namespace GmmNative.Statistics;

/// <summary>
/// The moments of one component about one origin, which are the only input of its update. Scratch memory that
/// <see cref="SufficientStatistics.Component"/> fills for one component after another. A prior may then add to the moments.
/// </summary>
/// <remarks>
/// A prior counts as a number of additional rows, and the number may differ between mean and covariance. The rows of the two are therefore
/// counted separately. Without a prior both counts are equal.
/// </remarks>
internal sealed class ComponentMoments(LiftedLayout layout)
{
    private readonly double[] _offset = new double[layout.Dimension];

    /// <summary>The products that are summed, and their order.</summary>
    public LiftedLayout Layout => layout;

    /// <summary>N, the component's sum of weighted posteriors.</summary>
    public double Occupancy { get; set; }

    /// <summary>The point that the moments are about: D coordinates.</summary>
    public double[] Origin { get; } = new double[layout.Dimension];

    /// <summary>The sums of rows minus the origin, from which the mean is computed: D numbers.</summary>
    public double[] First { get; } = new double[layout.Dimension];

    /// <summary>The number of rows in <see cref="First"/>, weighted.</summary>
    public double MeanOccupancy { get; set; }

    /// <summary>The sums of the rows in <see cref="Second"/> minus the origin: D numbers.</summary>
    public double[] CovarianceFirst { get; } = new double[layout.Dimension];

    /// <summary>The sums of products of rows minus the origin, group by group, in the order of the features of the layout.</summary>
    public double[] Second { get; } = new double[layout.Products];

    /// <summary>The number of rows in <see cref="Second"/>, weighted.</summary>
    public double CovarianceOccupancy { get; set; }

    /// <summary>Adds a component of another mixture as additional rows of the mean and covariance.</summary>
    /// <param name="meanRows">The number of rows to add to the mean.</param>
    /// <param name="covarianceRows">The number of rows to add to the covariance.</param>
    /// <param name="model">The mixture, in the structure of the moments.</param>
    /// <param name="component">The component of the mixture.</param>
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
            int i = layout.ProductLeft[p];
            int j = layout.ProductRight[p];
            Second[p] += covarianceRows * (model.CovarianceAt(component, i, j) + (_offset[i] * _offset[j]));
        }

        MeanOccupancy += meanRows;
        CovarianceOccupancy += covarianceRows;
    }
}
