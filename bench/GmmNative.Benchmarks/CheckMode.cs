namespace GmmNative.Benchmarks;

/// <summary>Whether this process measures, or only proves that the benchmarks run.</summary>
public static class CheckMode
{
    /// <summary>The argument for one run of each benchmark, on few rows.</summary>
    public const string Argument = "--check";

    /// <summary>Whether it only proves that they run.</summary>
    public static bool IsOn { get; set; }
}
