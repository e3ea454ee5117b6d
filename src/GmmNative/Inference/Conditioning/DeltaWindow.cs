namespace GmmNative.Inference.Conditioning;

/// <summary>A window: coefficients h, with which neighboring rows make the coordinate sum over j of h_j c_(t+j), j from -H to H.</summary>
internal sealed class DeltaWindow
{
    private readonly double[] _coefficients;

    /// <summary>Creates a window.</summary>
    /// <param name="coefficients">Finite numbers, at least one. An even number of coefficients is extended by a zero at the end.</param>
    /// <exception cref="ArgumentException">There are no coefficients, or a coefficient is not finite.</exception>
    public DeltaWindow(IReadOnlyList<double> coefficients)
    {
        if (coefficients is null || coefficients.Count == 0 || !coefficients.All(double.IsFinite))
        {
            throw new ArgumentException("A window needs at least one coefficient, and all of them must be finite.", nameof(coefficients));
        }

        _coefficients = new double[coefficients.Count | 1];
        for (int i = 0; i < coefficients.Count; i++)
        {
            _coefficients[i] = coefficients[i];
        }
    }

    /// <summary>The window of the static coordinates: a single coefficient of 1.</summary>
    public static DeltaWindow Static { get; } = new([1]);

    /// <summary>The half width, H.</summary>
    public int HalfWidth => _coefficients.Length / 2;

    /// <summary>The coefficient h_j.</summary>
    /// <param name="offset">j, from -H to H.</param>
    public double this[int offset] => _coefficients[offset + HalfWidth];
}
