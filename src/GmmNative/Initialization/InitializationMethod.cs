namespace GmmNative;

/// <summary>How a starting model is found.</summary>
public enum InitializationMethod
{
    /// <summary>Linde-Buzo-Gray: split the mean until there are K centroids.</summary>
    LindeBuzoGray,

    /// <summary>Greedy k-means++ seeds, then k-means.</summary>
    KMeansPlusPlus,

    /// <summary>K rows drawn at random as means, each with the covariance of all data.</summary>
    Random,
}
