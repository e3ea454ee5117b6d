namespace GmmNative.Plots.Geometry;

/// <summary>The part of the plane that is drawn.</summary>
/// <param name="X">The range of the first axis.</param>
/// <param name="Y">The range of the second axis.</param>
internal readonly record struct PlaneView(Interval X, Interval Y)
{
    private const double Margin = 0.05;

    // Components that are lighter than this share of the average weight do not widen the view.
    private const double NegligibleShare = 0.1;

    // Ellipses may widen the range of the rows by this share at each end, so that one wide component does not shrink all rows to a dot.
    private const double AllowedWidening = 0.5;

    /// <summary>The view of rows and of the ellipses of components.</summary>
    /// <param name="points">The rows; may be empty.</param>
    /// <param name="mixture">The components, or <see langword="null"/>.</param>
    /// <param name="sigmas">The size of the ellipses, in standard deviations.</param>
    public static PlaneView Of(IReadOnlyCollection<PlanePoint> points, PlaneMixture? mixture, double sigmas)
    {
        Interval rowsX = Interval.Of(points.Select(point => point.X));
        Interval rowsY = Interval.Of(points.Select(point => point.Y));
        Interval x = Interval.Empty;
        Interval y = Interval.Empty;
        foreach (PlaneComponent component in mixture?.Components ?? [])
        {
            if (component.Weight * mixture!.Components.Count >= NegligibleShare)
            {
                SigmaEllipse ellipse = component.Ellipse(sigmas);
                x = x.With(ellipse.Center.X - ellipse.HalfWidth, ellipse.Center.X + ellipse.HalfWidth);
                y = y.With(ellipse.Center.Y - ellipse.HalfHeight, ellipse.Center.Y + ellipse.HalfHeight);
            }
        }

        return new PlaneView(Combine(rowsX, x), Combine(rowsY, y));
    }

    private static Interval Combine(Interval rows, Interval ellipses)
    {
        Interval all = ellipses;
        if (!rows.IsEmpty)
        {
            all = ellipses.Within(rows.Widened(AllowedWidening)).With(rows.Minimum, rows.Maximum);
        }

        return all.Widened(Margin);
    }
}
