namespace GmmNative;

/// <summary>How to read files that do not say it themselves.</summary>
public sealed record VectorFileOptions
{
    /// <summary>Dimension of raw files.</summary>
    public int? Dimension { get; init; }

    /// <summary>Number type of raw files [f64].</summary>
    public RawNumberType RawType { get; init; }
}
