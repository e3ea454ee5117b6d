namespace GmmNative.Passes;

/// <summary>
/// Visits every number of an accumulator in a fixed order, and may change it in place. This is sufficient to write sums to a file, to read
/// them back, or to add the sums of several machines. The spans are the memory of the accumulator.
/// </summary>
/// <remarks>The four methods specify how two accumulators merge: <see cref="Sums"/> and <see cref="Counts"/> are added.</remarks>
internal interface ISumVisitor
{
    /// <summary>
    /// Visits numbers of rows or of pairs, and flags for optional parts of an accumulator. They are exact and never scaled.
    /// </summary>
    void Counts(Span<long> counts);

    /// <summary>Visits sums over rows.</summary>
    void Sums(Span<double> sums);

    /// <summary>Visits the smallest values of rows; plus infinity before the first row.</summary>
    void Minima(Span<double> minima);

    /// <summary>Visits the largest values of rows; minus infinity before the first row.</summary>
    void Maxima(Span<double> maxima);
}
