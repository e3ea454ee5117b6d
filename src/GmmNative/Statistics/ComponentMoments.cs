using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
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

    /// <summary>The second moments, and their order.</summary>
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

    /// <summary>
    /// The second moments of rows minus the origin, in the order of the layout. If the second moments of the rows are pooled
    /// (<see cref="SufficientStatistics.PooledSecond"/>), only the additions of a prior.
    /// </summary>
    public double[] Second { get; } = new double[layout.SecondMoments];

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

        ReadOnlySpan<int> left = layout.TermLeft;
        ReadOnlySpan<int> right = layout.TermRight;
        for (int t = 0; t < left.Length; t++)
        {
            int i = left[t];
            int j = right[t];
            Second[layout.SecondOf(t)] += covarianceRows * (model.CovarianceAt(component, i, j) + (_offset[i] * _offset[j]));
        }

        MeanOccupancy += meanRows;
        CovarianceOccupancy += covarianceRows;
    }

    /// <summary>
    /// Computes the second moments about another point: sum(x - m)(x - m)' for all <see cref="Occupancy"/> rows.
    /// </summary>
    /// <param name="move">The point m minus the origin: D numbers.</param>
    /// <param name="second">Receives the second moments, in the order of the layout.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SecondAbout(ReadOnlySpan<double> move, Span<double> second)
    {
        double[] first = First;
        double rows = Occupancy;
        ReadOnlySpan<int> left = layout.TermLeft;
        ReadOnlySpan<int> right = layout.TermRight;
        Second.CopyTo(second);
        for (int t = 0; t < left.Length; t++)
        {
            int i = left[t];
            int j = right[t];
            int p = layout.SecondOf(t);
            second[p] = second[p] - (first[i] * move[j]) - (move[i] * first[j]) + (rows * move[i] * move[j]);
        }
    }

    /// <summary>
    /// Translates <see cref="First"/> and <see cref="Second"/> from s to another origin o: sum(x - o) = sum(x - s) + N (s - o), and the
    /// products likewise.
    /// </summary>
    /// <param name="origin">The new origin, D coordinates.</param>
    /// <param name="rows">N, the number of rows of the moments, weighted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MoveTo(ReadOnlySpan<double> origin, double rows)
    {
        TensorPrimitives.Subtract(Origin, origin, _offset);
        origin.CopyTo(Origin);
        if (!(rows > 0))
        {
            return;
        }

        double[] offset = _offset;
        double[] first = First;
        ReadOnlySpan<int> left = layout.TermLeft;
        ReadOnlySpan<int> right = layout.TermRight;
        for (int t = 0; t < left.Length; t++)
        {
            int i = left[t];
            int j = right[t];
            Second[layout.SecondOf(t)] += (first[i] * offset[j]) + (offset[i] * first[j]) + (rows * offset[i] * offset[j]);
        }

        for (int d = 0; d < first.Length; d++)
        {
            first[d] += rows * offset[d];
        }
    }
}
