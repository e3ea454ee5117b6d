using System.Globalization;

namespace GmmNative.Files;

/// <summary>
/// The names that <c>.npz</c> and <c>.json</c> share, and the rules that tell a model's K, D and covariance structure from the
/// shapes of its arrays.
/// </summary>
internal static class ModelLayout
{
    /// <summary>K weights.</summary>
    public const string Weights = "weights";

    /// <summary>K x D means.</summary>
    public const string Means = "means";

    /// <summary>K x D variances or K x D x D covariances.</summary>
    public const string Covariances = "covariances";

    /// <summary>diag or full.</summary>
    public const string CovarianceType = "covariance_type";

    /// <summary>The block sizes.</summary>
    public const string BlockSize = "block_size";

    /// <summary>The names of the columns, D texts; left out where there are none.</summary>
    public const string Columns = "columns";

    /// <summary>The version of the format.</summary>
    public const string FormatVersion = "format_version";

    /// <summary>The version written, and the newest that is read.</summary>
    public const int CurrentVersion = 1;

    // Far above any use, and low enough that a small compressed file cannot claim a model that fills the memory.
    private const int LargestDimension = 1 << 20;

    /// <summary>Checks the version of a file.</summary>
    public static void CheckVersion(long version)
    {
        if (version > CurrentVersion)
        {
            throw new FileProblemException(
                $"it has format version {version}, but this program reads versions up to {CurrentVersion}; use a newer one.");
        }

        if (version < 1)
        {
            throw new FileProblemException($"'{FormatVersion}' is {version}, but versions start at 1.");
        }
    }

    /// <summary>Checks that the shapes agree and tells the structure.</summary>
    /// <param name="weights">The shape of the weights.</param>
    /// <param name="means">The shape of the means.</param>
    /// <param name="covariances">The shape of the covariances.</param>
    /// <param name="kind">The covariance type; without one, K x D is diagonal and K x D x D full.</param>
    /// <param name="blockSizes">The block sizes; without any there is one block.</param>
    /// <returns>The structure; the number of components is <c>weights[0]</c>.</returns>
    public static CovarianceStructure Infer(long[] weights, long[] means, long[] covariances, CovarianceKind? kind, long[]? blockSizes)
    {
        if (weights.Length != 1 || weights[0] == 0)
        {
            throw Unexpected(Weights, weights, "K, at least one");
        }

        if (means.Length != 2 || means[0] != weights[0] || means[1] == 0)
        {
            throw Unexpected(Means, means, $"({weights[0]}, D), one row for each of the {weights[0]} weights");
        }

        long dimension = means[1];
        if (dimension > LargestDimension)
        {
            throw new FileProblemException($"'{Means}' has shape {Text(means)}, but a model has at most {LargestDimension} dimensions.");
        }

        bool variances = covariances is [_, _];
        if (!(variances || covariances is [_, _, _]) || covariances[0] != weights[0] || covariances[1..].Any(n => n != dimension))
        {
            throw Unexpected(Covariances, covariances, $"({weights[0]}, {dimension}) or ({weights[0]}, {dimension}, {dimension}) as the means tell");
        }

        foreach (long[] shape in (ReadOnlySpan<long[]>)[weights, means, covariances])
        {
            CheckLength(shape);
        }

        CovarianceStructure structure;
        try
        {
            structure = new CovarianceStructure(
                kind ?? (variances ? CovarianceKind.Diagonal : CovarianceKind.Full), (int)dimension, blockSizes?.Select(n => checked((int)n)).ToArray());
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new FileProblemException($"'{BlockSize}' {Text(blockSizes!)} are no positive sizes that sum to the dimension {dimension}.", null, e);
        }

        if (structure.IsDiagonalStorage != variances)
        {
            string needed = structure.IsDiagonalStorage ? $"({weights[0]}, {dimension})" : $"({weights[0]}, {dimension}, {dimension})";
            throw Unexpected(Covariances, covariances, $"{needed} for covariance type {structure}");
        }

        return structure;
    }

    /// <summary>Makes the model from what a file holds, with all checks: spans, because the constructor that takes arrays trusts them.</summary>
    public static GaussianMixture Build(
        CovarianceStructure structure, ReadOnlySpan<double> weights, ReadOnlySpan<double> means, ReadOnlySpan<double> covariances) =>
        new(structure, weights, means, covariances);

    /// <summary>The model with the names of its columns.</summary>
    /// <exception cref="FileProblemException">There are not as many as columns, or one cannot be a name.</exception>
    public static GaussianMixture Name(GaussianMixture model, IReadOnlyList<string>? columns)
    {
        try
        {
            return columns is null ? model : model.WithColumns(columns);
        }
        catch (ArgumentException e)
        {
            throw new FileProblemException(
                columns!.Count != model.Dimension
                    ? $"'{Columns}' are {columns.Count} names, but the model has dimension {model.Dimension}."
                    : $"a name in '{Columns}' holds a zero character.",
                null,
                e);
        }
    }

    private static void CheckLength(long[] shape)
    {
        // The factors are bounded one by one, so that their product cannot wrap around.
        long product = 1;
        foreach (long n in shape)
        {
            product = n > Array.MaxLength || product * n > Array.MaxLength
                ? throw new FileProblemException($"an array of shape {Text(shape)} is too large.")
                : product * n;
        }
    }

    private static FileProblemException Unexpected(string array, long[] shape, string expected) =>
        new($"'{array}' has shape {Text(shape)}, but expected {expected}.");

    private static string Text(long[] shape)
    {
        // As Python shows a shape, and at most a few of the numbers of a file that lies.
        IEnumerable<string> items = shape.Take(8).Select(n => n.ToString(CultureInfo.InvariantCulture));
        string text = string.Join(", ", items);
        return shape.Length switch
        {
            1 => $"({text},)",
            > 8 => $"({text}, ...)",
            _ => $"({text})",
        };
    }
}
