namespace GmmNative.Benchmarks;

/// <summary>Benchmarks that know how many floating-point operations one run takes.</summary>
public interface IRated
{
    /// <summary>
    /// What one run of a benchmark takes, under the parameters that are set; <see langword="null"/> for one without arithmetic to count.
    /// </summary>
    /// <param name="benchmark">Name of the method.</param>
    Work? WorkOf(string benchmark);
}
