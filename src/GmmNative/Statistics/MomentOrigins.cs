namespace GmmNative.Statistics;

/// <summary>
/// Where the moments of components that are not summed about the expansion point are summed about: their current means, or, in a second
/// pass, better ones.
/// </summary>
internal sealed class MomentOrigins
{
    private readonly ReadOnlyMemory<double> _origins;
    private readonly int _dimension;
    private readonly bool[]? _forced;

    private MomentOrigins(ReadOnlyMemory<double> origins, int dimension, bool[]? forced)
    {
        _origins = origins;
        _dimension = dimension;
        _forced = forced;
    }

    /// <summary>The current means.</summary>
    public static MomentOrigins Means(GaussianMixture model) => new(model.Means, model.Dimension, null);

    /// <summary>Other origins, which some components must use.</summary>
    /// <param name="origins">K x D.</param>
    /// <param name="dimension">D.</param>
    /// <param name="forced">K: the components that must.</param>
    public static MomentOrigins Given(ReadOnlyMemory<double> origins, int dimension, bool[] forced) => new(origins, dimension, forced);

    /// <summary>D numbers.</summary>
    public ReadOnlySpan<double> Origin(int component) => _origins.Span.Slice(component * _dimension, _dimension);

    /// <summary>Whether these are the same points, whatever components must use them.</summary>
    public bool IsSame(MomentOrigins other) => ReferenceEquals(this, other) || _origins.Span.SequenceEqual(other._origins.Span);

    /// <summary>Whether a component must be summed about its origin whatever form its density takes.</summary>
    public bool IsForced(int component) => _forced is not null && _forced[component];
}
