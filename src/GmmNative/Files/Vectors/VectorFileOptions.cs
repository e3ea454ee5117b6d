namespace GmmNative;

/// <summary>How to read files that do not say it themselves; the others ignore it.</summary>
public sealed record VectorFileOptions
{
    /// <summary>D of raw files and of standard input, at least 1 [none: they cannot be read].</summary>
    public int? Dimension { get; init; }

    /// <summary>The number type of raw files and of standard input [<see cref="RawNumberType.Float64"/>].</summary>
    public RawNumberType RawType { get; init; }
}
