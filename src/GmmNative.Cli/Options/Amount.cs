namespace GmmNative.Cli.Options;

/// <summary>A number, or a percentage of something that the option specifies.</summary>
/// <param name="Value">The number, 0 or more; of a percentage, 0 to 100.</param>
/// <param name="IsPercent">Whether a percent sign followed it.</param>
internal readonly record struct Amount(double Value, bool IsPercent);
