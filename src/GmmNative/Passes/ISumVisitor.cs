namespace GmmNative.Passes;

/// <summary>
/// Sees every number that an accumulator consists of, in a fixed order, and may change it in place: what writes sums to a file, reads them
/// back, or adds the sums of several machines needs no more than this. The spans are the accumulator's own memory.
/// </summary>
/// <remarks>The four methods say how two accumulators merge: <see cref="Sums"/> and <see cref="Counts"/> are added.</remarks>
internal interface ISumVisitor
{
    /// <summary>Numbers of rows or of pairs, and marks of what an accumulator has: exact, never scaled.</summary>
    void Counts(Span<long> counts);

    /// <summary>Sums over rows.</summary>
    void Sums(Span<double> sums);

    /// <summary>The smallest values of rows; plus infinity before the first row.</summary>
    void Minima(Span<double> minima);

    /// <summary>The largest values of rows; minus infinity before the first row.</summary>
    void Maxima(Span<double> maxima);
}
