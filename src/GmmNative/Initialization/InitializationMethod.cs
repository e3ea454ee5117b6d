namespace GmmNative;

/// <summary>How the starting model is made.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Start = new() { Method = InitializationMethod.KMeansPlusPlus, Seed = 3 } };
/// </code>
/// </example>
public enum InitializationMethod
{
    /// <summary>Linde-Buzo-Gray: splits the mean until there are K centroids.</summary>
    LindeBuzoGray,

    /// <summary>Greedy k-means++ seeds, then k-means until its distances change by less than 1e-4 of their sum.</summary>
    KMeansPlusPlus,

    /// <summary>K distinct random rows as means, with variances on the order of 1/K of the variances of the data.</summary>
    Random,

    /// <summary>
    /// The best of several starts by the methods above, after a few EM iterations of each on a sample of the rows.
    /// </summary>
    Auto,

    /// <summary>
    /// Greedy k-means++ seeds, then k-means until no row changes its cluster, for at most 300 iterations. The start of scikit-learn.
    /// </summary>
    KMeans,
}
