using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>
/// The Kullback-Leibler divergences between two mixtures P and Q, estimated from random rows: the expected log-likelihood ratio of a row of
/// the first mixture. A divergence is 0 for equal mixtures and positive otherwise; an estimate near 0 can be negative.
/// </summary>
/// <param name="Forward">D(P || Q), the mean of log p(x) - log q(x) over rows x drawn from P, in nats.</param>
/// <param name="ForwardError">The standard error of <paramref name="Forward"/>, in nats.</param>
/// <param name="Reverse">D(Q || P), the mean of log q(x) - log p(x) over rows x drawn from Q, in nats.</param>
/// <param name="ReverseError">The standard error of <paramref name="Reverse"/>, in nats.</param>
/// <param name="Rows">The number of rows drawn from each mixture.</param>
/// <example>
/// <code>
/// GaussianMixture p = ModelFile.Load("p.npz");
/// GaussianMixture q = ModelFile.Load("q.npz");
/// MixtureDivergence divergence = p.Divergence(q);
/// Console.WriteLine($"{divergence.Forward:F4} nats, standard error {divergence.ForwardError:F4}");
/// </code>
/// </example>
public sealed record MixtureDivergence(
    [property: JsonConverter(typeof(FiniteNumberJsonConverter))] double Forward,
    [property: JsonConverter(typeof(FiniteNumberJsonConverter))] double ForwardError,
    [property: JsonConverter(typeof(FiniteNumberJsonConverter))] double Reverse,
    [property: JsonConverter(typeof(FiniteNumberJsonConverter))] double ReverseError,
    long Rows);
