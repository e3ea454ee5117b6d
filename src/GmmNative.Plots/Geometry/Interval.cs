namespace GmmNative.Plots.Geometry;

/// <summary>A range of an axis.</summary>
internal readonly record struct Interval(double Minimum, double Maximum)
{
    /// <summary>A range without any point.</summary>
    public static Interval Empty => new(double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Whether the range contains no point.</summary>
    public bool IsEmpty => Minimum > Maximum;

    /// <summary>The length of the range.</summary>
    public double Length => Maximum - Minimum;

    /// <summary>The range of values.</summary>
    public static Interval Of(IEnumerable<double> values) => values.Aggregate(Empty, (span, value) => span.With(value, value));

    /// <summary>The smallest range that contains this one and another.</summary>
    public Interval With(double minimum, double maximum) => new(Math.Min(Minimum, minimum), Math.Max(Maximum, maximum));

    /// <summary>Adds a share of the length at both ends. A range of one point becomes as wide as an axis needs.</summary>
    public Interval Widened(double share)
    {
        double margin = Length > 0 ? share * Length : Minimum == 0 ? 1 : Math.Abs(Minimum) / 10;
        return new Interval(Minimum - margin, Maximum + margin);
    }

    /// <summary>The part of this range that lies in another.</summary>
    public Interval Within(Interval other) => new(Math.Max(Minimum, other.Minimum), Math.Min(Maximum, other.Maximum));
}
