namespace GmmNative.Statistics;

/// <summary>
/// The origins of the moments that are not summed about the expansion point: the current means or, in a second pass, better estimates of
/// the new means.
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

    /// <summary>Creates origins at the current means.</summary>
    public static MomentOrigins Means(GaussianMixture model) => new(model.Means, model.Dimension, null);

    /// <summary>Creates origins at given points.</summary>
    /// <param name="origins">K x D.</param>
    /// <param name="dimension">D.</param>
    /// <param name="forced">For each of the K components, whether all its moments must be about its origin.</param>
    public static MomentOrigins Given(ReadOnlyMemory<double> origins, int dimension, bool[] forced) => new(origins, dimension, forced);

    /// <summary>Returns the origin of a component: D coordinates.</summary>
    public ReadOnlySpan<double> Origin(int component) => _origins.Span.Slice(component * _dimension, _dimension);

    /// <summary>Whether two instances have the same points, regardless of which components are forced to use them.</summary>
    public bool IsSame(MomentOrigins other) => ReferenceEquals(this, other) || _origins.Span.SequenceEqual(other._origins.Span);

    /// <summary>Whether all moments of a component must be about its origin, for any form of its density.</summary>
    public bool IsForced(int component) => _forced is not null && _forced[component];
}
