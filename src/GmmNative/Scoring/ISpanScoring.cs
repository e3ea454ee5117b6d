using GmmNative.Expectation;

namespace GmmNative.Scoring;

/// <summary>The E-step over rows in a span, on the calling thread, under a model that was prepared once. Thread-safe.</summary>
internal interface ISpanScoring
{
    /// <summary>The model's factors.</summary>
    MixtureFactors Factors { get; }

    /// <summary>Computes what is asked for: results whose spans are not empty.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="logDensities">T numbers, nats.</param>
    /// <param name="posteriors">T x K.</param>
    /// <param name="labels">T labels.</param>
    /// <exception cref="VectorDataException">A value is not finite.</exception>
    void Run(ReadOnlySpan<double> rows, Span<double> logDensities, Span<double> posteriors, Span<int> labels);

    /// <inheritdoc cref="Run(ReadOnlySpan{double}, Span{double}, Span{double}, Span{int})"/>
    void Run(ReadOnlySpan<float> rows, Span<double> logDensities, Span<double> posteriors, Span<int> labels);
}
