namespace GmmNative.Plots.Geometry;

/// <summary>An ellipse of constant density of a component.</summary>
/// <param name="Center">The center.</param>
/// <param name="SemiMajor">Half of the long axis.</param>
/// <param name="SemiMinor">Half of the short axis.</param>
/// <param name="Angle">The angle of the long axis with the first axis of the plane, in radians.</param>
internal readonly record struct SigmaEllipse(PlanePoint Center, double SemiMajor, double SemiMinor, double Angle)
{
    /// <summary>Half of the extent along the first axis of the plane.</summary>
    public double HalfWidth => Math.Sqrt(Square(SemiMajor * Math.Cos(Angle)) + Square(SemiMinor * Math.Sin(Angle)));

    /// <summary>Half of the extent along the second axis of the plane.</summary>
    public double HalfHeight => Math.Sqrt(Square(SemiMajor * Math.Sin(Angle)) + Square(SemiMinor * Math.Cos(Angle)));

    /// <summary>Returns points of the ellipse at equal steps of its parameter, starting at the end of the long axis.</summary>
    /// <param name="count">The number of points.</param>
    public PlanePoint[] Points(int count)
    {
        (double sin, double cos) = Math.SinCos(Angle);
        PlanePoint[] points = new PlanePoint[count];
        for (int i = 0; i < count; i++)
        {
            (double t, double s) = Math.SinCos(2 * Math.PI * i / count);
            double along = SemiMajor * s;
            double across = SemiMinor * t;
            points[i] = new PlanePoint(Center.X + (along * cos) - (across * sin), Center.Y + (along * sin) + (across * cos));
        }

        return points;
    }

    private static double Square(double value) => value * value;
}
