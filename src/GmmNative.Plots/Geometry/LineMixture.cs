namespace GmmNative.Plots.Geometry;

/// <summary>The marginal mixture of one column.</summary>
internal sealed class LineMixture
{
    private readonly double[] _weights;
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Creates the marginal mixture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="column">The column, from 0.</param>
    public LineMixture(GaussianMixture model, int column)
    {
        int count = model.ComponentCount;
        _weights = model.Weights.ToArray();
        _means = [.. Enumerable.Range(0, count).Select(k => model.Mean(k)[column])];
        _deviations = [.. Enumerable.Range(0, count).Select(k => Math.Sqrt(model.CovarianceAt(k, column, column)))];
    }

    /// <summary>The number of components.</summary>
    public int Count => _weights.Length;

    /// <summary>Returns the density of a component, multiplied by its weight.</summary>
    public double Density(int component, double x)
    {
        double z = (x - _means[component]) / _deviations[component];
        return _weights[component] / (_deviations[component] * Math.Sqrt(2 * Math.PI)) * Math.Exp(-z * z / 2);
    }

    /// <summary>Returns the density of the mixture.</summary>
    public double Density(double x) => Enumerable.Range(0, Count).Sum(k => Density(k, x));

    /// <summary>The range within a number of standard deviations of the means of the components that are not negligible.</summary>
    public Interval Span(double sigmas)
    {
        Interval span = Interval.Empty;
        for (int k = 0; k < Count; k++)
        {
            if (_weights[k] * Count >= 0.1)
            {
                span = span.With(_means[k] - (sigmas * _deviations[k]), _means[k] + (sigmas * _deviations[k]));
            }
        }

        return span;
    }

    /// <summary>
    /// Returns positions for drawing densities: an even grid over a range, and the surroundings of each mean, which a narrow component may
    /// hide between two positions of the grid.
    /// </summary>
    public double[] Positions(Interval span, int count)
    {
        IEnumerable<double> even = Enumerable.Range(0, count).Select(i => span.Minimum + (span.Length * i / (count - 1)));
        IEnumerable<double> peaks = Enumerable.Range(0, Count)
            .SelectMany(k => Enumerable.Range(-6, 13).Select(i => _means[k] + (i * _deviations[k] / 3)))
            .Where(x => x > span.Minimum && x < span.Maximum);
        return [.. even.Concat(peaks).Order()];
    }
}
