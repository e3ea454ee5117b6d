using GmmNative.Errors;
using GmmNative.Files.Npy;

namespace GmmNative.Files.Models;

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

    // What scikit-learn and later versions of this program write; each has a shape of its own for the covariances.
    private const string Spherical = "spherical";
    private const string Tied = "tied";
    private const string TiedDiagonal = "tied-diag";
    private const string TiedSpherical = "tied-spherical";

    /// <summary>
    /// The largest D: far above any use, and low enough that a small compressed file cannot claim a model that fills the memory.
    /// </summary>
    public const int LargestDimension = 1 << 20;

    /// <summary>The most block sizes that are read.</summary>
    public const int MostBlocks = LargestDimension;

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

    /// <summary>Reads the text of <see cref="CovarianceType"/>.</summary>
    /// <exception cref="FileProblemException">It is no kind, or one that is not read yet.</exception>
    public static CovarianceKind ParseKind(string text) => text switch
    {
        "diag" => CovarianceKind.Diagonal,
        "full" => CovarianceKind.Full,
        Spherical or Tied or TiedDiagonal or TiedSpherical => throw new FileProblemException(
            $"'{CovarianceType}' is '{text}', which is not supported yet; diag and full are."),
        _ => throw new FileProblemException($"'{CovarianceType}' is {MessageText.Quote(text)}, but diag and full are known."),
    };

    /// <summary>Checks that the shapes agree and tells the structure.</summary>
    /// <param name="weights">The shape of the weights.</param>
    /// <param name="means">The shape of the means.</param>
    /// <param name="covariances">The shape of the covariances.</param>
    /// <param name="kind">The covariance type; without one, the shapes must leave no choice.</param>
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

        long count = weights[0];
        long dimension = means[1];
        if (dimension > LargestDimension)
        {
            throw new FileProblemException(
                $"'{Means}' has shape {ArrayShape.Text(means)}, but a model has at most {LargestDimension} dimensions.");
        }

        bool variances = covariances is [_, _];
        if (!(variances || covariances is [_, _, _]) || covariances[0] != count || covariances[1..].Any(n => n != dimension))
        {
            string hint = FitsShared(covariances, count, dimension) is string kinds ? $"; it may be {kinds}, which is not supported yet"
                : "";
            throw Unexpected(
                Covariances, covariances, $"({count}, {dimension}) or ({count}, {dimension}, {dimension}) as the means show{hint}");
        }

        foreach (long[] shape in (ReadOnlySpan<long[]>)[weights, means, covariances])
        {
            CheckLength(shape);
        }

        CovarianceKind known = kind ?? InferKind(covariances, blockSizes);
        CovarianceStructure structure;
        try
        {
            structure = new CovarianceStructure(known, (int)dimension, blockSizes?.Select(n => checked((int)n)).ToArray());
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new FileProblemException(
                $"'{BlockSize}' {ArrayShape.Text(blockSizes!)} are no positive sizes that sum to the dimension {dimension}.", null, e);
        }

        long[] needed = structure.Storage.Shape(count);
        if (!needed.AsSpan().SequenceEqual(covariances))
        {
            throw Unexpected(Covariances, covariances, $"{ArrayShape.Text(needed)} for covariance type {structure}");
        }

        return structure;
    }

    /// <summary>Checks that the memory for a model is there, before any of it is taken.</summary>
    /// <returns>The bytes that it needs.</returns>
    /// <exception cref="FileProblemException">It is not.</exception>
    public static long CheckMemory(CovarianceStructure structure, int componentCount)
    {
        // A group of coordinates is copied to find out whether it is positive definite.
        double largestGroup = structure.Storage.HoldsVariances ? 0 : structure.GroupArrays.Max(group => group.Length);
        double numbers = (componentCount * (1.0 + structure.Dimension + structure.Storage.Size)) + (largestGroup * largestGroup);
        double needed = sizeof(double) * numbers;
        AvailableMemory.Require(needed, $"a model of dimension {structure.Dimension} with K = {componentCount}");
        return (long)needed;
    }

    /// <summary>What the shapes alone say; where they say two things, a wrong guess would go unnoticed.</summary>
    private static CovarianceKind InferKind(long[] covariances, long[]? blockSizes)
    {
        bool hasBlocks = blockSizes is { Length: > 1 };
        if (covariances is [long count, long dimension])
        {
            // A single number is the same covariance either way.
            return count == dimension && count > 1 && !hasBlocks
                ? throw Ambiguous(
                    covariances, "the variances of each component ('diag') or one covariance for all ('tied')",
                    "'diag' ('tied' is not supported yet)")
                : CovarianceKind.Diagonal;
        }

        return hasBlocks
            ? throw Ambiguous(covariances, $"'diag' or 'full' with '{BlockSize}' {ArrayShape.Text(blockSizes!)}", "'diag' or 'full'")
            : CovarianceKind.Full;
    }

    /// <summary>The kinds of shared covariances that a shape fits, for a message; <see langword="null"/> if it fits none.</summary>
    private static string? FitsShared(long[] covariances, long count, long dimension) => covariances switch
    {
        [] => $"'{TiedSpherical}'",
        [long n] when n == count && n == dimension => $"'{Spherical}' or '{TiedDiagonal}'",
        [long n] when n == count => $"'{Spherical}'",
        [long n] when n == dimension => $"'{TiedDiagonal}'",
        [long n, long m] when n == dimension && m == dimension => $"'{Tied}'",
        _ => null,
    };

    private static FileProblemException Ambiguous(long[] covariances, string readings, string values) =>
        new($"'{Covariances}' of shape {ArrayShape.Text(covariances)} can be {readings}: add '{CovarianceType}' to the file: {values}.");

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
                ? throw new FileProblemException($"an array of shape {ArrayShape.Text(shape)} is too large.")
                : product * n;
        }
    }

    private static FileProblemException Unexpected(string array, long[] shape, string expected) =>
        new($"'{array}' has shape {ArrayShape.Text(shape)}, but expected {expected}.");
}
