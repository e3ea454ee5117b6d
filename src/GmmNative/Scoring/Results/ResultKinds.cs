namespace GmmNative.Scoring.Results;

/// <summary>The results that a pass computes for each row.</summary>
[Flags]
internal enum ResultKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The log-density, or the log-likelihood ratio if there is a background model, in nats. It is always computed.</summary>
    LogDensity = 1,

    /// <summary>The K posteriors.</summary>
    Posteriors = 2,

    /// <summary>The most probable component, from 0; the first if several are equally probable.</summary>
    Label = 4,

    /// <summary>The regression of the predicted coordinates on the given coordinates; by default of the last on the first.</summary>
    Regression = 8,

    /// <summary>The conditional covariance of the predicted coordinates, Y x Y. Only together with a prepared regression.</summary>
    RegressionCovariance = 16,

    /// <summary>The C largest posteriors in descending order: C components, then C probabilities.</summary>
    LargestPosteriors = 32,

    /// <summary>1 if the log-density is below the threshold, otherwise 0.</summary>
    Anomaly = 64,

    /// <summary>The D coordinates of the row. Only sampling has this result.</summary>
    Rows = 128,
}
