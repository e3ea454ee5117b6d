using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>What <see cref="NaiveMixture"/>'s E-step gives.</summary>
internal sealed class NaiveExpectation(int count, int components)
{
    private readonly DoubleDouble[] _posteriors = new DoubleDouble[count * components];

    public int Count => count;

    public DoubleDouble[] LogDensities { get; } = new DoubleDouble[count];

    /// <summary>The sum of the log-densities.</summary>
    public DoubleDouble LogLikelihood => LogDensities.Aggregate(DoubleDouble.Zero, (sum, value) => sum + value);

    public Span<DoubleDouble> PosteriorsOf(int row) => _posteriors.AsSpan(row * components, components);
}
