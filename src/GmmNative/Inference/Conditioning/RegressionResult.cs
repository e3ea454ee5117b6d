using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>The predictions of Y target coordinates for T rows.</summary>
/// <param name="Predicted">The predicted coordinates: T x Y.</param>
/// <param name="Covariances">
/// The covariance of each prediction: T x (Y * Y), each row a Y x Y matrix, row-major; <see langword="null"/> if not requested.
/// </param>
/// <param name="Labels">The T most probable components given x, from 0; the first of several equally probable components.</param>
/// <param name="LogDensities">The T log-densities of the given coordinates under their marginal, in nats.</param>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// RegressionResult result = model.CreateRegressor(given: [0]).Predict(new double[,] { { 1.5 }, { 2.5 } });
/// Console.WriteLine($"{result.Predicted[0, 0]}, {result.LogDensities[0]:F3} nats");
/// </code>
/// </example>
public sealed record RegressionResult(
    [property: JsonConverter(typeof(MatrixJsonConverter))] double[,] Predicted,
    [property: JsonConverter(typeof(MatrixJsonConverter))] double[,]? Covariances,
    int[] Labels,
    [property: JsonConverter(typeof(FiniteNumbersJsonConverter))] double[] LogDensities);
