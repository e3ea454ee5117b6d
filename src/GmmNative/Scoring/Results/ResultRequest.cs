namespace GmmNative.Scoring.Results;

/// <summary>The results that a pass computes for each row, and their parameters.</summary>
/// <param name="Kinds">The kinds of results.</param>
internal sealed record ResultRequest(ResultKinds Kinds)
{
    /// <summary>
    /// The model whose log-density is subtracted from each log-density, so that it becomes a log-likelihood ratio; <see langword="null"/>
    /// for none. It has the dimension and the order of columns of the scored model.
    /// </summary>
    public GaussianMixture? Background { get; init; }

    /// <summary>The log-density, or log-likelihood ratio, below which a row is an anomaly, in nats.</summary>
    public double Threshold { get; init; }

    /// <summary>The number of largest posteriors, 1 to K.</summary>
    public int Largest { get; init; }

    /// <summary>
    /// The regression if it is not that of the last coordinates on the first; otherwise <see langword="null"/>. The rows are then its given
    /// coordinates.
    /// </summary>
    public IRowRegression? Regression { get; init; }

    /// <summary>Returns whether a kind of result is requested.</summary>
    public bool Has(ResultKinds kind) => (Kinds & kind) != 0;
}
