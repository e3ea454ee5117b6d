using GmmNative.Model;

namespace GmmNative.Maximization;

/// <summary>
/// How far covariances are shrunk toward a multiple of the identity, (1 - s) Sigma + s (trace Sigma / D) I: by a given share, or by the
/// share that oracle approximating shrinkage estimates from each covariance.
/// </summary>
/// <remarks>
/// Y. Chen, A. Wiesel, Y. C. Eldar and A. O. Hero, "Shrinkage Algorithms for MMSE Covariance Estimation", IEEE Transactions on Signal
/// Processing 58 (2010), equation 23, without the terms of order 2 / D as in scikit-learn's <c>OAS</c>:
/// s = min(1, (a + m^2) / ((n + 1) (a - m^2 / D))), with a the average of the squares of the D^2 entries, m the average variance, and n the
/// number of rows.
/// </remarks>
internal readonly record struct CovarianceShrinkage
{
    private readonly double _share;
    private readonly bool _isEstimated;

    private CovarianceShrinkage(double share, bool isEstimated)
    {
        _share = share;
        _isEstimated = isEstimated;
    }

    /// <summary>Oracle approximating shrinkage.</summary>
    public static CovarianceShrinkage Oas => new(0, isEstimated: true);

    /// <summary>Whether covariances may change.</summary>
    public bool IsActive => _isEstimated || _share > 0;

    /// <summary>Shrinks by a share, 0 to 1.</summary>
    public static CovarianceShrinkage By(double share) => new(share, isEstimated: false);

    /// <summary>Returns the average of the D variances of a covariance.</summary>
    public static double AverageVariance(CovarianceStructure structure, ReadOnlySpan<double> covariance)
    {
        CovarianceStorage storage = structure.Storage;
        double sum = 0;
        for (int d = 0; d < structure.Dimension; d++)
        {
            sum += storage.Variance(covariance, d);
        }

        return sum / structure.Dimension;
    }

    /// <summary>Returns the share, 0 to 1, by which a covariance is shrunk.</summary>
    /// <param name="structure">The structure. A spherical covariance is not shrunk: it is a multiple of the identity.</param>
    /// <param name="covariance">The covariance in its storage layout.</param>
    /// <param name="rows">The number of rows of the covariance, weighted.</param>
    public double Of(CovarianceStructure structure, ReadOnlySpan<double> covariance, double rows)
    {
        if (structure.IsSpherical || !_isEstimated)
        {
            return structure.IsSpherical ? 0 : _share;
        }

        double dimension = structure.Dimension;
        double average = AverageVariance(structure, covariance);
        double squares = 0;
        foreach (double entry in covariance)
        {
            squares += entry * entry;
        }

        squares /= dimension * dimension;
        double spread = squares - (average * average / dimension);
        return spread > 0 ? Math.Min(1, (squares + (average * average)) / ((rows + 1) * spread)) : 1;
    }
}
