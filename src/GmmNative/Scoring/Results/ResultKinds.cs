namespace GmmNative.Scoring.Results;

/// <summary>The results that a pass computes for each row.</summary>
[Flags]
internal enum ResultKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The log-density, in nats. It is always computed.</summary>
    LogDensity = 1,

    /// <summary>The K posteriors.</summary>
    Posteriors = 2,

    /// <summary>The most probable component, from 0; the first if several are equally probable.</summary>
    Label = 4,

    /// <summary>The regression of the missing coordinates on the given coordinates, under the most probable component.</summary>
    Regression = 8,
}
