namespace GmmNative.Plots.Geometry;

/// <summary>A linear map from rows to the plane that is drawn: two columns, or two principal coordinates.</summary>
internal sealed class PlaneProjection
{
    private readonly double[] _origin;
    private readonly double[] _x;
    private readonly double[] _y;

    private PlaneProjection(double[] origin, double[] x, double[] y, string labelX, string labelY)
    {
        (_origin, _x, _y) = (origin, x, y);
        (LabelX, LabelY) = (labelX, labelY);
    }

    /// <summary>The label of the first axis.</summary>
    public string LabelX { get; }

    /// <summary>The label of the second axis.</summary>
    public string LabelY { get; }

    /// <summary>Two columns.</summary>
    /// <param name="names">The names of all columns.</param>
    /// <param name="x">The column of the first axis, from 0.</param>
    /// <param name="y">The column of the second axis, from 0.</param>
    public static PlaneProjection OfColumns(IReadOnlyList<string> names, int x, int y) =>
        new(new double[names.Count], Unit(names.Count, x), Unit(names.Count, y), names[x], names[y]);

    /// <summary>
    /// The first two principal coordinates of a distribution, whose columns are first divided by their standard deviations, so that the
    /// units of the columns do not matter.
    /// </summary>
    public static PlaneProjection OfPrincipalAxes(RowMoments moments)
    {
        int dimension = moments.Mean.Length;
        double[] scale = new double[dimension];
        for (int d = 0; d < dimension; d++)
        {
            // A constant column has no direction.
            double variance = moments.Covariance[d, d];
            scale[d] = variance > 0 ? 1 / Math.Sqrt(variance) : 0;
        }

        double[,] correlation = new double[dimension, dimension];
        double trace = 0;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                correlation[i, j] = scale[i] * moments.Covariance[i, j] * scale[j];
            }

            trace += correlation[i, i];
        }

        (double[] values, double[][] vectors) = PrincipalAxes.Largest(correlation, 2);
        double[] share = [.. values.Select(value => trace > 0 ? value / trace : 0)];
        return new(
            moments.Mean, Scaled(vectors[0], scale), Scaled(vectors[1], scale), Label(1, share[0]), Label(2, share[1]));
    }

    /// <summary>Projects a row.</summary>
    public PlanePoint Project(ReadOnlySpan<double> row)
    {
        double x = 0;
        double y = 0;
        for (int d = 0; d < row.Length; d++)
        {
            // Columns that an axis does not use may have any value.
            double value = row[d] - _origin[d];
            x += _x[d] == 0 ? 0 : _x[d] * value;
            y += _y[d] == 0 ? 0 : _y[d] * value;
        }

        return new PlanePoint(x, y);
    }

    /// <summary>Projects a component of a model.</summary>
    public PlaneComponent Project(GaussianMixture model, int component)
    {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < _x.Length; i++)
        {
            for (int j = 0; j < _x.Length; j++)
            {
                double forX = _x[i] * _x[j];
                double forBoth = _x[i] * _y[j];
                double forY = _y[i] * _y[j];
                if (forX == 0 && forBoth == 0 && forY == 0)
                {
                    continue;
                }

                double covariance = model.CovarianceAt(component, i, j);
                xx += forX * covariance;
                xy += forBoth * covariance;
                yy += forY * covariance;
            }
        }

        return new PlaneComponent(model.Weights.Span[component], Project(model.Mean(component)), xx, xy, yy);
    }

    private static string Label(int number, double share) =>
        FormattableString.Invariant($"principal coordinate {number} ({100 * share:0} % of the variance)");

    private static double[] Unit(int dimension, int index)
    {
        double[] vector = new double[dimension];
        vector[index] = 1;
        return vector;
    }

    private static double[] Scaled(double[] vector, double[] scale) => [.. vector.Zip(scale, (v, s) => v * s)];
}
