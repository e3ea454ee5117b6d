using GmmNative.Errors;
using GmmNative.Files.Npy;
using GmmNative.Model;

namespace GmmNative.Files.Models;

/// <summary>
/// The names that <c>.npz</c> and <c>.json</c> share, and the rules that derive K, D and the covariance structure of a model from the
/// shapes of its arrays.
/// </summary>
internal static class ModelLayout
{
    /// <summary>The name of the K weights.</summary>
    public const string Weights = "weights";

    /// <summary>The name of the K x D means.</summary>
    public const string Means = "means";

    /// <summary>The name of the variances or covariances, whose shape depends on the covariance type.</summary>
    public const string Covariances = "covariances";

    /// <summary>The name of the covariance type (<see cref="CovarianceKindNames"/>).</summary>
    public const string CovarianceType = "covariance_type";

    /// <summary>The name of the block sizes.</summary>
    public const string BlockSize = "block_size";

    /// <summary>The name of the D column names, which are optional.</summary>
    public const string Columns = "columns";

    /// <summary>The name of the format version.</summary>
    public const string FormatVersion = "format_version";

    /// <summary>The newest version that can be read.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The first version of the format, which has neither shared covariances nor a variational posterior.</summary>
    private const int FirstVersion = 1;

    /// <summary>
    /// The maximum D: far above any use, and low enough that a small compressed file cannot claim a model that fills the memory.
    /// </summary>
    public const int MaximumDimension = 1 << 20;

    /// <summary>The maximum number of block sizes.</summary>
    public const int MaximumBlocks = MaximumDimension;

    /// <summary>Returns the version to write: the first one that can represent the model, so that older programs can read it.</summary>
    public static int VersionOf(GaussianMixture model) =>
        model.Variational is null && !model.Structure.IsShared ? FirstVersion : CurrentVersion;

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
    /// <exception cref="FileProblemException">The type is unknown.</exception>
    public static CovarianceKind ParseKind(string text) => CovarianceKindNames.Find(text) ?? throw new FileProblemException(
        $"'{CovarianceType}' is {MessageText.Quote(text)}, but only {Listed} are known.");

    /// <summary>Checks that the shapes agree and derives the structure.</summary>
    /// <param name="weights">The shape of the weights.</param>
    /// <param name="means">The shape of the means.</param>
    /// <param name="covariances">The shape of the covariances.</param>
    /// <param name="kind">The covariance type. If it is null, the shapes must be unambiguous.</param>
    /// <param name="blockSizes">The block sizes, or null for one block.</param>
    /// <returns>The structure. The number of components is <c>weights[0]</c>.</returns>
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
        if (dimension > MaximumDimension)
        {
            throw new FileProblemException(
                $"'{Means}' has shape {ArrayShape.Text(means)}, but a model has at most {MaximumDimension} dimensions.");
        }

        long[][] known = [[count, dimension], [count, dimension, dimension], [count], [dimension, dimension], [dimension], [1], []];
        if (!Array.Exists(known, shape => shape.AsSpan().SequenceEqual(covariances)))
        {
            throw Unexpected(
                Covariances, covariances,
                $"({count}, {dimension}) or ({count}, {dimension}, {dimension}) as the means show, or the shape of a shared covariance");
        }

        foreach (long[] shape in (ReadOnlySpan<long[]>)[weights, means, covariances])
        {
            CheckLength(shape);
        }

        CovarianceKind found = kind ?? InferKind(covariances, count, dimension, blockSizes);
        CovarianceStructure structure = Structure(found, (int)dimension, blockSizes);
        long[] needed = structure.Storage.Shape(count);
        bool isBareNumber = covariances.Length == 0 && needed is [1];
        return isBareNumber || needed.AsSpan().SequenceEqual(covariances) ? structure
            : throw Unexpected(Covariances, covariances, $"{ArrayShape.Text(needed)} for covariance type {structure}");
    }

    private static CovarianceStructure Structure(CovarianceKind kind, int dimension, long[]? blockSizes)
    {
        if (blockSizes is { Length: > 1 } && kind is not (CovarianceKind.Diagonal or CovarianceKind.Full))
        {
            throw new FileProblemException(
                $"'{BlockSize}' is {ArrayShape.Text(blockSizes)}, but covariances of type {CovarianceKindNames.Of(kind)} have no blocks.");
        }

        try
        {
            return new CovarianceStructure(kind, dimension, blockSizes?.Select(n => checked((int)n)).ToArray());
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new FileProblemException(
                $"'{BlockSize}' {ArrayShape.Text(blockSizes!)} are not positive sizes that sum to the dimension {dimension}.", null, e);
        }
    }

    /// <summary>Throws if there is not enough memory for a model. Called before allocating.</summary>
    /// <returns>The number of bytes that the model needs.</returns>
    /// <exception cref="FileProblemException">There is not enough memory.</exception>
    public static long CheckMemory(CovarianceStructure structure, int componentCount)
    {
        // The check for positive definiteness copies one group of coordinates.
        double largestGroup = structure.Storage.HoldsVariances ? 0 : structure.GroupArrays.Max(group => group.Length);
        double numbers = (componentCount * (1.0 + structure.Dimension)) + structure.Storage.Numbers(componentCount)
            + (largestGroup * largestGroup);
        double needed = sizeof(double) * numbers;
        AvailableMemory.Require(needed, $"a model of dimension {structure.Dimension} with K = {componentCount}");
        return (long)needed;
    }

    /// <summary>
    /// Derives the covariance type from the shapes alone. Throws if they are ambiguous, because a wrong guess would go unnoticed.
    /// </summary>
    private static CovarianceKind InferKind(long[] covariances, long count, long dimension, long[]? blockSizes)
    {
        bool hasBlocks = blockSizes is { Length: > 1 };
        CovarianceKind[] fitting = [.. CovarianceKindNames.All.Select(entry => entry.Kind).Where(Fits)];

        // Blocks exclude the shared kinds. Of several kinds for a single number, all are the same covariance.
        return fitting switch
        {
            [] => throw Unexpected(
                Covariances, covariances, $"that of a covariance type with '{BlockSize}' {ArrayShape.Text(blockSizes!)}"),
            [CovarianceKind only] => only,
            [CovarianceKind first, ..] when covariances.All(n => n == 1) => first,
            _ => throw Ambiguous(covariances, hasBlocks ? $" with '{BlockSize}' {ArrayShape.Text(blockSizes!)}" : "", fitting),
        };

        bool Fits(CovarianceKind kind)
        {
            long[] one = kind switch
            {
                CovarianceKind.Diagonal => hasBlocks ? [count, dimension, dimension] : [count, dimension],
                CovarianceKind.Full => [count, dimension, dimension],
                CovarianceKind.Spherical => [count],
                CovarianceKind.Tied => [dimension, dimension],
                CovarianceKind.TiedDiagonal => [dimension],
                _ => covariances.Length == 0 ? [] : [1],
            };
            bool isShared = kind is not (CovarianceKind.Diagonal or CovarianceKind.Full);
            return !(isShared && hasBlocks) && one.AsSpan().SequenceEqual(covariances);
        }
    }

    private static FileProblemException Ambiguous(long[] covariances, string context, CovarianceKind[] fitting)
    {
        string kinds = string.Join(" or ", fitting.Select(kind => $"'{CovarianceKindNames.Of(kind)}'"));
        return new($"'{Covariances}' of shape {ArrayShape.Text(covariances)}{context} can be {kinds}: add '{CovarianceType}' to the file.");
    }

    /// <summary>Returns the model with column names.</summary>
    /// <exception cref="FileProblemException">The number of names is wrong, or a name is invalid.</exception>
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
                    ? $"'{Columns}' has {columns.Count} names, but the model has dimension {model.Dimension}."
                    : $"a name in '{Columns}' contains a zero character.",
                null,
                e);
        }
    }

    private static string Listed =>
        string.Join(", ", CovarianceKindNames.All.SkipLast(1).Select(entry => entry.Name)) + $" and {CovarianceKindNames.All[^1].Name}";

    private static void CheckLength(long[] shape)
    {
        // Each factor is bounded first, so that the product cannot overflow.
        long product = 1;
        foreach (long n in shape)
        {
            product = n > Array.MaxLength || product * n > Array.MaxLength
                ? throw new FileProblemException($"an array of shape {ArrayShape.Text(shape)} is too large.")
                : product * n;
        }
    }

    private static FileProblemException Unexpected(string array, long[] shape, string expected) =>
        new($"'{array}' has shape {ArrayShape.Text(shape)}, but the expected shape is {expected}.");
}
