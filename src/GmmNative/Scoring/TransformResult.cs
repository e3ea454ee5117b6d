using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>What the method <c>Transform</c> of a model returns for T rows of N+1 coordinates under a model of order M.</summary>
/// <param name="Converted">T x (M-N): the regression of the other coordinates on the given ones under the row's most likely component; <see
/// langword="null"/> when N = M.</param>
/// <param name="Labels">T: the component with the largest posterior under the marginal of the given coordinates, from 0.</param>
/// <param name="LogDensities">T: log-density of the given coordinates under their marginal, nats.</param>
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
