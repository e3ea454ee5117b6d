namespace GmmNative.Plots.Geometry;

/// <summary>A mixture in the plane that is drawn: the distribution of a projection of its rows.</summary>
internal sealed class PlaneMixture
{
    private readonly double[] _scale;
    private readonly double[] _precisionX;
    private readonly double[] _precisionXY;
    private readonly double[] _precisionY;

    /// <summary>Creates the mixture from its components.</summary>
    public PlaneMixture(IReadOnlyList<PlaneComponent> components)
    {
        Components = components;
        int count = components.Count;
        (_scale, _precisionX, _precisionXY, _precisionY) = (new double[count], new double[count], new double[count], new double[count]);
        for (int k = 0; k < count; k++)
        {
            PlaneComponent c = components[k];
            double determinant = (c.VarianceX * c.VarianceY) - (c.Covariance * c.Covariance);
            _scale[k] = c.Weight / (2 * Math.PI * Math.Sqrt(determinant));
            (_precisionX[k], _precisionXY[k], _precisionY[k]) =
                (c.VarianceY / determinant, -c.Covariance / determinant, c.VarianceX / determinant);
        }
    }

    /// <summary>The components, in the order of the model.</summary>
    public IReadOnlyList<PlaneComponent> Components { get; }

    /// <summary>Projects a model.</summary>
    public static PlaneMixture Of(GaussianMixture model, PlaneProjection projection) =>
        new([.. Enumerable.Range(0, model.ComponentCount).Select(k => projection.Project(model, k))]);

    /// <summary>Returns the density at a point.</summary>
    public double Density(PlanePoint point)
    {
        double sum = 0;
        for (int k = 0; k < _scale.Length; k++)
        {
            PlanePoint mean = Components[k].Mean;
            double x = point.X - mean.X;
            double y = point.Y - mean.Y;
            double distance = (x * x * _precisionX[k]) + (2 * x * y * _precisionXY[k]) + (y * y * _precisionY[k]);

            // A component whose projection is degenerate has an infinite precision, and no density outside of its line.
            sum += double.IsNaN(distance) ? 0 : _scale[k] * Math.Exp(-distance / 2);
        }

        return sum;
    }

    /// <summary>
    /// Returns, for each probability, the density level whose region of higher density has that probability. The levels are quantiles of
    /// the densities of random points of the mixture (Hyndman, Computing and graphing highest density regions, 1996).
    /// </summary>
    /// <param name="probabilities">Probabilities between 0 and 1.</param>
    /// <param name="points">The number of random points. With 20,000, the probabilities are accurate to 0.01.</param>
    public double[] Levels(IReadOnlyList<double> probabilities, int points = 20_000)
    {
        Random random = new(0);
        double[] densities = new double[points];
        double[] cumulative = new double[Components.Count];
        double total = 0;
        for (int k = 0; k < cumulative.Length; k++)
        {
            cumulative[k] = total += Components[k].Weight;
        }

        for (int i = 0; i < points; i++)
        {
            // Stratified over the components: the share of each component is then exact to one point.
            double at = (i + 0.5) / points * total;
            int component = Array.BinarySearch(cumulative, at);
            densities[i] = Density(Draw(Components[component < 0 ? ~component : component], random));
        }

        Array.Sort(densities);
        return [.. probabilities.Select(p => densities[Math.Clamp((int)Math.Round((1 - p) * points), 0, points - 1)])];
    }

    private static PlanePoint Draw(PlaneComponent component, Random random)
    {
        SigmaEllipse axes = component.Ellipse(1);
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        (double t, double s) = Math.SinCos(2 * Math.PI * random.NextDouble());
        (double sin, double cos) = Math.SinCos(axes.Angle);
        double along = axes.SemiMajor * radius * s;
        double across = axes.SemiMinor * radius * t;
        return new PlanePoint(axes.Center.X + (along * cos) - (across * sin), axes.Center.Y + (along * sin) + (across * cos));
    }
}
