using CommunityToolkit.HighPerformance;
using GmmNative.Errors;
using GmmNative.Files;
using GmmNative.Files.Models;
using GmmNative.Files.Output;

namespace GmmNative;

/// <summary>
/// Reads and writes models. The extension of a file, in upper or lower case, determines its format. The format of a stream or of bytes is
/// given, or it is determined from the first bytes.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>.npz</c></term><description>NumPy arrays <c>weights</c> (K), <c>means</c> (K x D), <c>covariances</c> (K x D or
/// K x D x D), <c>covariance_type</c>, <c>block_size</c>, <c>format_version</c>; readable by <c>numpy.load</c> without pickle. The
/// last three are optional when reading. A variational posterior is stored as <c>weight_concentration</c>, <c>mean_precision</c> and
/// <c>degrees_of_freedom</c>.</description></item>
/// <item><term><c>.json</c></term><description>The same names. Numbers convert back to the same bits.</description></item>
/// <item><term><c>.gmm</c></term><description>SPTK's raw little-endian doubles. The file contains neither D nor K nor the block
/// sizes. It cannot store a variational posterior.</description></item>
/// <item><term><c>.sklearn.npz</c></term><description>The attributes of a fitted scikit-learn estimator: <c>weights_</c>, <c>means_</c>,
/// <c>covariances_</c>, <c>precisions_cholesky_</c> and so on. Every <c>.npz</c> with these names can be read.</description></item>
/// </list>
/// <c>docs/formats.md</c> has the details. Files are written by <see cref="AtomicFile"/>, completely or not at all. Equal models give
/// equal files. Thread-safe for different paths and streams. For any input bytes, loading ends with a model or a
/// <see cref="ModelFileException"/>, in memory that is bounded by the size of the input.
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// byte[] bytes = ModelFile.Save(model, ModelFileFormat.Json);
/// GaussianMixture again = ModelFile.Load(bytes);
/// using FileStream stream = File.Create("copy.npz");
/// ModelFile.Save(again, stream, ModelFileFormat.Npz);
/// </code>
/// </example>
public static class ModelFile
{
    /// <summary>The replacement for a file name in messages about streams and bytes.</summary>
    private const string NameOfBytes = "model";

    // In the order of ModelFileFormat.
    private static readonly IModelFormat[] Formats =
        [new NpzModelFormat(), new JsonModelFormat(), new SptkModelFormat(), new ScikitLearnModelFormat()];

    // The formats that messages list. The format for scikit-learn is also a .npz.
    private static readonly IModelFormat[] Listed = Formats[..(int)ModelFileFormat.ScikitLearn];

    /// <summary>The extensions of the formats, for messages: <c>.npz, .json or .gmm</c>.</summary>
    public static string KnownExtensions { get; } =
        $"{string.Join(", ", Listed[..^1].Select(format => format.Extension))} or {Listed[^1].Extension}";

    /// <summary>Whether a path has the extension of a model format, in upper or lower case.</summary>
    /// <param name="path">The path; the file need not exist.</param>
    public static bool HasKnownExtension(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Find(path) is not null;
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
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
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

    /// <summary>Reads a model from a stream, to the end of the stream.</summary>
    /// <param name="stream">
    /// A stream at the first byte of the model. It stays open. A stream that does not support seeking, or is not at its start, is read into
    /// memory first.
    /// </param>
    /// <param name="format">
    /// The format, or <see langword="null"/> to determine it from the first bytes. The format is <see cref="ModelFileFormat.Sptk"/> if
    /// there is no signature of the other formats, and <paramref name="componentCount"/> and <paramref name="dimension"/> or
    /// <paramref name="structure"/> are given.
    /// </param>
    /// <param name="dimension">D. Required for <see cref="ModelFileFormat.Sptk"/>; checked for the other formats.</param>
    /// <param name="componentCount">K. Required for <see cref="ModelFileFormat.Sptk"/>; checked for the other formats.</param>
    /// <param name="structure">The structure of the covariances, as for files.</param>
    /// <param name="cancellationToken">Stops the reading, and the checks of large covariances.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="dimension"/> or <paramref name="componentCount"/> is below 1, or <paramref name="format"/> is undefined.
    /// </exception>
    /// <exception cref="ModelFileException">As for files. The message starts with <c>model</c> instead of a file name.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static GaussianMixture Load(
        Stream stream, ModelFileFormat? format = null, int? dimension = null, int? componentCount = null,
        CovarianceStructure? structure = null, CancellationToken cancellationToken = default)
    {
        CheckReadable(stream);
        bool isWhole = stream.CanSeek && stream.Position == 0;
        return Read(
            () => isWhole ? new BufferedStream(stream, 1 << 16) : ModelBytes.ReadAll(stream, cancellationToken), format, dimension,
            componentCount, structure, cancellationToken);
    }

    /// <summary>Reads a model from bytes in memory.</summary>
    /// <param name="bytes">The model, from its first byte to its last.</param>
    /// <inheritdoc cref="Load(Stream, ModelFileFormat?, int?, int?, CovarianceStructure?, CancellationToken)"/>
    public static GaussianMixture Load(
        ReadOnlyMemory<byte> bytes, ModelFileFormat? format = null, int? dimension = null, int? componentCount = null,
        CovarianceStructure? structure = null, CancellationToken cancellationToken = default) =>
        Read(() => bytes.AsStream(), format, dimension, componentCount, structure, cancellationToken);

    /// <summary>Reads a model from a stream, to the end of the stream, without blocking a thread.</summary>
    /// <inheritdoc cref="Load(Stream, ModelFileFormat?, int?, int?, CovarianceStructure?, CancellationToken)"/>
    public static async Task<GaussianMixture> LoadAsync(
        Stream stream, ModelFileFormat? format = null, int? dimension = null, int? componentCount = null,
        CovarianceStructure? structure = null, CancellationToken cancellationToken = default)
    {
        CheckReadable(stream);
        MemoryStream bytes;
        try
        {
            bytes = await ModelBytes.ReadAllAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ReadFailure.Describe(e, NameOfBytes) is not null)
        {
            throw new ModelFileException(ReadFailure.Describe(e, NameOfBytes)!, e);
        }

        return Read(() => bytes, format, dimension, componentCount, structure, cancellationToken);
    }

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file. A <c>.gmm</c> file stores only the numbers, not the covariance type or the block sizes.</param>
    /// <exception cref="ModelFileException">
    /// The extension is unknown, or the model has a variational posterior, which <c>.gmm</c> cannot store.
    /// </exception>
    /// <exception cref="GmmException">The folder does not exist, or writing fails.</exception>
    public static void Save(GaussianMixture model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        IModelFormat format = FormatOf(path);
        CheckStorable(model, format, MessageText.OneLine(path));
        AtomicFile.Write(path, stream => format.Write(stream, model));
    }

    /// <summary>Writes a model to a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The output. It need not support seeking, and it stays open.</param>
    /// <param name="format">
    /// The format. <see cref="ModelFileFormat.Sptk"/> stores the numbers of a covariance, but neither its type nor its block sizes.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    /// <exception cref="IOException">Writing to the stream fails.</exception>
    public static void Save(GaussianMixture model, Stream stream, ModelFileFormat format)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        Write(model, stream, FormatOf(format));
    }

    /// <summary>Writes a model to a stream, without blocking a thread.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The output. It need not support seeking, and it stays open.</param>
    /// <param name="format">
    /// The format. <see cref="ModelFileFormat.Sptk"/> stores the numbers of a covariance, but neither its type nor its block sizes.
    /// </param>
    /// <param name="cancellationToken">Stops writing. The stream then contains part of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    /// <exception cref="IOException">Writing to the stream fails.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static async Task SaveAsync(
        GaussianMixture model, Stream stream, ModelFileFormat format, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream bytes = Bytes(model, format);
        await bytes.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the bytes of a model file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="format">
    /// The format. <see cref="ModelFileFormat.Sptk"/> stores the numbers of a covariance, but neither its type nor its block sizes.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    public static byte[] Save(GaussianMixture model, ModelFileFormat format)
    {
        using MemoryStream bytes = Bytes(model, format);
        return bytes.ToArray();
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

    private static void CheckStorable(GaussianMixture model, IModelFormat format, string name)
    {
        if (model.Variational is not null && !format.HasVariational)
        {
            throw new ModelFileException(
                $"{name}: {format.Extension} files cannot store the variational posterior of the model; write .npz or .json.");
        }
    }

    // ZipArchive writes different and sometimes wrong bytes to a stream that can seek and is not at its start, so seeking is hidden.
    private static void Write(GaussianMixture model, Stream stream, IModelFormat format)
    {
        CheckStorable(model, format, NameOfBytes);
        BufferedStream buffered = new(new ForwardStream(stream), 1 << 16);
        format.Write(buffered, model);
        buffered.Flush();
    }

    private static MemoryStream Bytes(GaussianMixture model, ModelFileFormat format)
    {
        ArgumentNullException.ThrowIfNull(model);
        MemoryStream bytes = new();
        Write(model, bytes, FormatOf(format));
        bytes.Position = 0;
        return bytes;
    }

    private static GaussianMixture Read(
        Func<Stream> open, ModelFileFormat? format, int? dimension, int? componentCount, CovarianceStructure? structure,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension ?? 1, 1, nameof(dimension));
        ArgumentOutOfRangeException.ThrowIfLessThan(componentCount ?? 1, 1, nameof(componentCount));
        ModelRequest request = new(dimension, componentCount, structure);
        try
        {
            Stream stream = open();
            IModelFormat chosen = FormatOf(
                stream.Length == 0 ? throw new FileProblemException("it is empty.")
                : format ?? ModelBytes.FormatOf(stream, request));
            return chosen.Read(stream, request, cancellationToken);
        }
        catch (Exception e) when (ReadFailure.Describe(e, NameOfBytes) is not null)
        {
            throw new ModelFileException(ReadFailure.Describe(e, NameOfBytes)!, e);
        }
    }

    private static void CheckReadable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }
    }

    private static IModelFormat FormatOf(ModelFileFormat format) => Enum.IsDefined(format)
        ? Formats[(int)format]
        : throw new ArgumentOutOfRangeException(nameof(format), $"{format} is not a format of model files.");

    private static IModelFormat FormatOf(string path)
    {
        string extension = Path.GetExtension(path);
        return Find(path)
            ?? throw new ModelFileException(MessageText.OneLine(
                $"{path}: {(extension.Length == 0 ? "without an extension" : $"'{extension}'")} is not a model format; "
                + $"the formats are {string.Join(", ", Listed.Select(f => f.Extension))}."));
    }

    // The longest extension decides: .sklearn.npz is also a .npz.
    private static IModelFormat? Find(string path) => Array.Find(
        [.. Formats.OrderByDescending(format => format.Extension.Length)],
        format => Path.GetFileName(path).EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase));
}
