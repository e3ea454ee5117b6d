namespace GmmNative;

/// <summary>What happens to missing values: NaN in arrays and in files of numbers, empty fields, NA, NaN and null in text.</summary>
/// <remarks>
/// A source carries the policy (<see cref="VectorSource.WithMissingValues"/>), so that it applies to training and to scoring alike.
/// Infinite values are errors under every policy.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, double.NaN }, { 1.2, 2.0 }, { 8.1, 9.0 }, { double.NaN, 8.8 }, { 7.9, 9.3 } };
/// GmmOptions options = new() { MissingValues = MissingValues.Marginalize };
/// GaussianMixture model = new GaussianMixtureTrainer(components: 2, options).Fit(rows).Model;
/// double[] logDensities = model.LogDensities(VectorSource.From(rows).WithMissingValues(MissingValues.Marginalize));
/// double[,] completed = model.Impute(rows);
/// </code>
/// </example>
public enum MissingValues
{
    /// <summary>A missing value is an error, <c>error</c>. The message names its row and column.</summary>
    Error,

    /// <summary>
    /// Missing values are integrated out, <c>marginalize</c>: densities are those of the observed values, and training is EM on the
    /// observed values, which assumes that values are missing at random. Rows without missing values are unaffected.
    /// </summary>
    Marginalize,

    /// <summary>
    /// Rows with a missing value are left out, <c>drop</c>. Scoring keeps their positions, with NaN as their results and -1 as their label.
    /// </summary>
    Drop,
}
