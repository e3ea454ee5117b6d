using System.Text.Json.Serialization;

namespace ScoringService;

/// <summary>The body of a request.</summary>
/// <param name="Rows">T rows of D numbers.</param>
internal sealed record ScoreRequest(double[][]? Rows);

/// <summary>The answer of <c>/score</c>.</summary>
/// <param name="LogDensities">T log-densities in nats; null where a density underflows to 0.</param>
/// <param name="Labels">The most probable component of each row.</param>
internal sealed record ScoreResponse(double?[] LogDensities, int[] Labels);

/// <summary>The answer of <c>/posterior</c>.</summary>
/// <param name="Posteriors">T rows of K probabilities.</param>
internal sealed record PosteriorResponse(double[][] Posteriors);

/// <summary>The answer of <c>/health</c>.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Components">K.</param>
/// <param name="Dimension">D.</param>
/// <param name="Columns">The names of the columns, if the model has names.</param>
/// <param name="LoadedAt">The time when the model was loaded.</param>
internal sealed record HealthResponse(
    string Status, int Components, int Dimension, IReadOnlyList<string>? Columns, DateTimeOffset LoadedAt);

/// <summary>The answer to a wrong request.</summary>
/// <param name="Error">One line: what is wrong, and where.</param>
internal sealed record ErrorResponse(string Error);

/// <summary>Serializers that are generated when the program is compiled, so that it can be compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScoreRequest))]
[JsonSerializable(typeof(ScoreResponse))]
[JsonSerializable(typeof(PosteriorResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class ServiceJson : JsonSerializerContext;
