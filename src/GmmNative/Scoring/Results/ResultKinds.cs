namespace GmmNative.Scoring.Results;

/// <summary>What a pass computes of each row.</summary>
[Flags]
internal enum ResultKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The log-density, nats. It comes with all others.</summary>
    LogDensity = 1,

    /// <summary>K posteriors.</summary>
    Posteriors = 2,

    /// <summary>The most likely component, from 0, the first of equals.</summary>
    Label = 4,

    /// <summary>The regression of the coordinates that are not given on those that are, under the most likely component.</summary>
    Regression = 8,
}
