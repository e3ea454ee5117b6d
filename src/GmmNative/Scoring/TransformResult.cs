using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>The result of <c>Transform</c> for T rows of N+1 coordinates and a model of order M (dimension M+1).</summary>
/// <param name="Converted">
/// The regression of the other coordinates on the given coordinates under the most probable component of each row: T x (M-N), or
/// <see langword="null"/> if N = M.
/// </param>
/// <param name="Labels">The T components with the largest posteriors under the marginal of the given coordinates, from 0.</param>
/// <param name="LogDensities">The T log-densities of the given coordinates under their marginal, in nats.</param>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// TransformResult result = model.Transform(new double[,] { { 1.5 }, { 2.5 } });
/// Console.WriteLine($"component {result.Labels[0]}, {result.LogDensities[0]:F3} nats, converted to {result.Converted?[0, 0]}");
/// </code>
/// </example>
public sealed record TransformResult(
    [property: JsonConverter(typeof(MatrixJsonConverter))] double[,]? Converted,
    int[] Labels,
    [property: JsonConverter(typeof(FiniteNumbersJsonConverter))] double[] LogDensities);
