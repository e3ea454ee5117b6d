namespace GmmNative;

/// <summary>Options of <see cref="GaussianMixtureProvider"/>.</summary>
/// <example>
/// <code>
/// GaussianMixtureProviderOptions options = new() { CheckInterval = TimeSpan.FromMinutes(1) };
/// using GaussianMixtureProvider mixture = new("model.npz", options);
/// </code>
/// </example>
public sealed record GaussianMixtureProviderOptions
{
    /// <summary>Whether the model is loaded again when its file changes. The default is true.</summary>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>
    /// The time without further changes after which a changed file is read, above 0. The default is 250 ms. A file that is still being
    /// written then is read again after its next change.
    /// </summary>
    public TimeSpan ReloadDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The time between two checks of the file's length and time of writing, above 0. The default is 10 s. The checks detect changes that
    /// the system does not report: on network drives, and behind symbolic links, as in Kubernetes.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a new model may have another dimension than the one in use. The default is false: such a file is reported to the log, and
    /// the old model stays in use.
    /// </summary>
    public bool AllowOtherDimension { get; set; }

    /// <summary>The execution options of the scorer; <see langword="null"/>, the default, for the defaults.</summary>
    public ExecutionOptions? Execution { get; set; }
}
