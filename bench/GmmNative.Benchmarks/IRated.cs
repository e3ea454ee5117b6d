namespace GmmNative.Benchmarks;

/// <summary>A benchmark that knows how many floating-point operations one run of it takes.</summary>
public interface IRated
{
    /// <summary>Additions and multiplications of one run.</summary>
    double Operations { get; }
}
