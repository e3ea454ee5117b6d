using CommunityToolkit.HighPerformance;

namespace GmmNative;

/// <summary>Options of the start of a training, which is used if no starting model is given.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Start = new() { Method = InitializationMethod.KMeansPlusPlus, Seed = 3 } };
/// </code>
/// </example>
public sealed record GmmStartOptions
{
    private readonly InitializationMethod? _method;

    /// <summary>
    /// The method. The default is the best of several starts (diffsptk: <see cref="InitializationMethod.LindeBuzoGray"/>). If there is a
    /// background model (<see cref="GmmPriorOptions.Ubm"/>), a method that is set here makes the first model of a
    /// <see cref="GaussianMixtureTrainer"/>. If the method is the default, or that of a preset such as
    /// <see cref="GmmOptions.Recommended"/>, the background model is the first model.
    /// </summary>
    public InitializationMethod? Method
    {
        get => _method;
        init => (_method, IsMethodGiven) = (value, value is not null);
    }

    /// <summary>Whether the method was chosen for this training, rather than by a preset.</summary>
    internal bool IsMethodGiven { get; private init; }

    /// <summary>Returns the same options with the method of a preset.</summary>
    internal GmmStartOptions WithPresetMethod(InitializationMethod method) => this with { Method = method, IsMethodGiven = false };

    /// <summary>The unit of distances in a start. The default is standard deviations (diffsptk: raw values).</summary>
    public DistanceUnit? Distances { get; init; }

    /// <summary>The seed of the random numbers, which only the start uses. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// The number of starts, N, at least 1. The seeds are <see cref="Seed"/> to <see cref="Seed"/> + N - 1. Each start runs a few EM
    /// iterations on all rows, the half with the larger log-likelihoods runs twice as many more, and so on; the last one is trained to the
    /// end. Of equal starts the one with the lower seed continues. The default is 1.
    /// </summary>
    public int Restarts { get; init; } = 1;

    /// <summary>
    /// Posteriors (responsibilities) that make the start: T x K, at least 0, each row with a sum of 1 within 1e-6. The start is one M-step
    /// from these posteriors, which does not count as an iteration, and <see cref="Method"/> is not used. The matrix is not copied. The
    /// default is <see langword="null"/>.
    /// </summary>
    public ReadOnlyMemory2D<double>? Posteriors { get; init; }
}
