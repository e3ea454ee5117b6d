using GmmNative.Errors;
using GmmNative.Files;
using GmmNative.Files.Models;

namespace GmmNative;

/// <summary>Reads and writes models. The extension, in upper or lower case, determines the format.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>.npz</c></term><description>NumPy arrays <c>weights</c> (K), <c>means</c> (K x D), <c>covariances</c> (K x D or
/// K x D x D), <c>covariance_type</c>, <c>block_size</c>, <c>format_version</c>; readable by <c>numpy.load</c> without pickle. The
/// last three are optional when reading.</description></item>
/// <item><term><c>.json</c></term><description>The same names. Numbers convert back to the same bits.</description></item>
/// <item><term><c>.gmm</c></term><description>SPTK's raw little-endian doubles. The file contains neither D nor K nor the block
/// sizes.</description></item>
/// </list>
/// <c>docs/formats.md</c> has the details. Files are written by <see cref="AtomicFile"/>, completely or not at all. Equal models give
/// equal files. Thread-safe for different paths.
/// </remarks>
public static class ModelFile
{
    private static readonly IModelFormat[] Formats = [new NpzModelFormat(), new JsonModelFormat(), new SptkModelFormat()];

    /// <summary>The extensions of the formats, for messages: <c>.npz, .json or .gmm</c>.</summary>
    public static string KnownExtensions { get; } =
        $"{string.Join(", ", Formats[..^1].Select(format => format.Extension))} or {Formats[^1].Extension}";

    /// <summary>Whether a path has the extension of a model format, in upper or lower case.</summary>
    /// <param name="path">The path; the file need not exist.</param>
    public static bool HasKnownExtension(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path);
        return Array.Exists(Formats, format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimension">
    /// D. Required for <c>.gmm</c> (unless <paramref name="structure"/> is given); checked for the other formats.
    /// </param>
    /// <param name="componentCount">K. Required for <c>.gmm</c>; checked for the other formats.</param>
    /// <param name="structure">
    /// The structure of the covariances, which is checked. For <c>.gmm</c> it is optional and specifies the structure; without it the file
    /// size distinguishes a diagonal from a full covariance of one block.
    /// </param>
    /// <param name="cancellationToken">Ends the checks of large covariances early.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> or <paramref name="componentCount"/> is below
    /// 1.</exception>
    /// <exception cref="ModelFileException">
    /// The extension is unknown; the file is missing, cannot be read, is truncated or damaged, lacks an array or has an array of the wrong
    /// shape; it needs more memory than is available; its numbers do not form a Gaussian mixture (then the inner exception is an
    /// <see cref="InvalidMixtureException"/>); or it contradicts the arguments. The message is one line and names the file.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static GaussianMixture Load(
        string path, int? dimension = null, int? componentCount = null, CovarianceStructure? structure = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension ?? 1, 1, nameof(dimension));
        ArgumentOutOfRangeException.ThrowIfLessThan(componentCount ?? 1, 1, nameof(componentCount));
        IModelFormat format = FormatOf(path);
        string name = MessageText.OneLine(path);
        try
        {
            using FileStream file = InputFile.Open(path);
            if (!file.CanSeek)
            {
                throw new FileProblemException("a model must be a regular file, not a pipe.");
            }

            using BufferedStream stream = new(file, 1 << 16);
            return format.Read(stream, new ModelRequest(dimension, componentCount, structure), cancellationToken);
        }
        catch (Exception e) when (ReadFailure.Describe(e, name) is not null)
        {
            throw new ModelFileException(ReadFailure.Describe(e, name)!, e);
        }
    }

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file. A <c>.gmm</c> file stores only the numbers, not the covariance type or the block sizes.</param>
    /// <exception cref="ModelFileException">The extension is unknown.</exception>
    /// <exception cref="GmmException">The folder does not exist, or writing fails.</exception>
    public static void Save(GaussianMixture model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        IModelFormat format = FormatOf(path);
        AtomicFile.Write(path, stream => format.Write(stream, model));
    }

    /// <summary>Checks that a model can be written. Call it before the model is computed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The extension is unknown.</exception>
    /// <exception cref="GmmException">The folder does not exist or cannot be written to.</exception>
    public static void CheckWritable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _ = FormatOf(path);
        AtomicFile.CheckWritable(path);
    }

    private static IModelFormat FormatOf(string path)
    {
        string extension = Path.GetExtension(path);
        return Array.Find(Formats, f => f.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new ModelFileException(MessageText.OneLine(
                $"{path}: {(extension.Length == 0 ? "without an extension" : $"'{extension}'")} is not a model format; "
                + $"the formats are {string.Join(", ", Formats.Select(f => f.Extension))}."));
    }
}
