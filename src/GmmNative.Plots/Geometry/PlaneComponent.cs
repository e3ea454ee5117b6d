namespace GmmNative.Plots.Geometry;

/// <summary>A component of a mixture in the plane.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Mean">The mean.</param>
/// <param name="VarianceX">The variance along the first axis.</param>
/// <param name="Covariance">The covariance of the two axes.</param>
/// <param name="VarianceY">The variance along the second axis.</param>
internal readonly record struct PlaneComponent(double Weight, PlanePoint Mean, double VarianceX, double Covariance, double VarianceY)
{
    /// <summary>Returns the ellipse of the points at a distance of <paramref name="sigmas"/> standard deviations from the mean.</summary>
    public SigmaEllipse Ellipse(double sigmas)
    {
        // The eigenvalues of a symmetric 2 x 2 matrix are its half trace plus and minus the length of (half difference, covariance).
        double half = (VarianceX + VarianceY) / 2;
        double difference = (VarianceX - VarianceY) / 2;
        double length = Math.Sqrt((difference * difference) + (Covariance * Covariance));
        double angle = Math.Atan2(Covariance, difference) / 2;

        // The small eigenvalue as determinant over the large one: their difference would lose the digits of a narrow ellipse.
        double large = half + length;
        double small = large > 0 ? Math.Max(0, (VarianceX * VarianceY) - (Covariance * Covariance)) / large : 0;
        return new SigmaEllipse(Mean, sigmas * Math.Sqrt(large), sigmas * Math.Sqrt(small), angle);
    }
}
