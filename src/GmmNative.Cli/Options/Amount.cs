namespace GmmNative.Cli.Options;

/// <summary>A number, or a percentage of a quantity that the option specifies.</summary>
/// <param name="Value">The number; for a percentage, 0 to 100.</param>
/// <param name="IsPercent">Whether a percent sign followed the number.</param>
internal readonly record struct Amount(double Value, bool IsPercent);
