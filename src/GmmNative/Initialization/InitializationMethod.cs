namespace GmmNative;

/// <summary>How a starting model is found.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Start = new() { Method = InitializationMethod.KMeansPlusPlus, Seed = 3 } };
/// </code>
/// </example>
public enum InitializationMethod
{
    /// <summary>Linde-Buzo-Gray: split the mean until there are K centroids.</summary>
    LindeBuzoGray,

    /// <summary>Greedy k-means++ seeds, then k-means.</summary>
    KMeansPlusPlus,

    /// <summary>K distinct rows drawn at random as means, with variances of the order of a K-th of the data's.</summary>
    Random,

    /// <summary>The best of several starts by the others, after a few EM iterations of each on a sample of the rows.</summary>
    Auto,
}
