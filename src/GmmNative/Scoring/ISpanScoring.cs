using GmmNative.Expectation;

namespace GmmNative.Scoring;

/// <summary>Computes the E-step for rows in a span, on the calling thread, with a model that is prepared once. Thread-safe.</summary>
internal interface ISpanScoring
{
    /// <summary>The factors of the model.</summary>
    MixtureFactors Factors { get; }

    /// <summary>Computes the results whose spans are not empty.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="logDensities">Receives T log-densities, in nats.</param>
    /// <param name="posteriors">Receives T x K posteriors.</param>
    /// <param name="labels">Receives T labels.</param>
    /// <exception cref="VectorDataException">A value is not finite.</exception>
    void Run(ReadOnlySpan<double> rows, Span<double> logDensities, Span<double> posteriors, Span<int> labels);

    /// <inheritdoc cref="Run(ReadOnlySpan{double}, Span{double}, Span{double}, Span{int})"/>
    void Run(ReadOnlySpan<float> rows, Span<double> logDensities, Span<double> posteriors, Span<int> labels);
}
