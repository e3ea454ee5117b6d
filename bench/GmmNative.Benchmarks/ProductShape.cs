namespace GmmNative.Benchmarks;

/// <summary>A chunk of an EM problem: rows, features and components.</summary>
/// <param name="Rows">Rows of the chunk.</param>
/// <param name="Features">F.</param>
/// <param name="Components">K.</param>
public sealed record ProductShape(int Rows, int Features, int Components)
{
    /// <summary>Chunks as EM cuts the problems of <see cref="EmProblem.All"/> today, and k-means with 256 centroids.</summary>
    public static IReadOnlyList<ProductShape> All { get; } =
    [
        new(480, 78, 256),
        new(480, 128, 64),
        new(288, 819, 32),
        new(48, 8384, 16),
        new(480, 26, 8),
        new(480, 39, 256),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Rows} x F {Features} x K {Components}";
}
