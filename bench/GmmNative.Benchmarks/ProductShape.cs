namespace GmmNative.Benchmarks;

/// <summary>A chunk of an EM problem: rows, features and components.</summary>
/// <param name="Rows">Rows of the chunk.</param>
/// <param name="Features">F.</param>
/// <param name="Components">K.</param>
public sealed record ProductShape(int Rows, int Features, int Components)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rows} x F {Features} x K {Components}";
}
