using System.IO.Compression;
using System.Text;

namespace GmmNative.Files;

/// <summary>NumPy's <c>.npz</c>: a zip of <c>.npy</c> arrays, written uncompressed, and readable without pickle.</summary>
internal sealed class NpzModelFormat : IModelFormat
{
    private const int MostBlocks = 1 << 20;

    // The time is part of the file: a fixed one, so that equal models are equal files. It is the first that zip knows.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Extension => ".npz";

    /// <inheritdoc/>
    public GaussianMixture Read(Stream stream, ModelRequest request)
    {
        using ZipArchive archive = OpenArchive(stream);
        if (NpzMember.Find(archive, ModelLayout.FormatVersion)?.ReadIntegers(1) is [long version])
        {
            ModelLayout.CheckVersion(version);
        }

        NpzMember weights = Require(archive, ModelLayout.Weights);
        NpzMember means = Require(archive, ModelLayout.Means);
        NpzMember covariances = Require(archive, ModelLayout.Covariances);
        CovarianceKind? kind = NpzMember.Find(archive, ModelLayout.CovarianceType) is NpzMember text ? ParseKind(text.ReadText()) : null;
        long[]? blockSizes = NpzMember.Find(archive, ModelLayout.BlockSize)?.ReadIntegers(MostBlocks);

        // All shapes are checked against each other before the first large array is read.
        CovarianceStructure structure = ModelLayout.Infer(
            weights.Header.Shape, means.Header.Shape, covariances.Header.Shape, kind, blockSizes);
        request.Check(structure, (int)weights.Header.Shape[0]);
        string[]? columns = NpzMember.Find(archive, ModelLayout.Columns)?.ReadTexts();
        return ModelLayout.Name(
            ModelLayout.Build(structure, weights.ReadDoubles(), means.ReadDoubles(), covariances.ReadDoubles()), columns);
    }

    /// <inheritdoc/>
    public void Write(Stream stream, GaussianMixture model)
    {
        CovarianceStructure structure = model.Structure;
        long k = model.ComponentCount;
        long d = model.Dimension;
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        Write(archive, ModelLayout.Weights, NpyElementType.Float64, [k], model.Weights.Span);
        Write(archive, ModelLayout.Means, NpyElementType.Float64, [k, d], model.Means.Span);
        Write(archive, ModelLayout.Covariances, NpyElementType.Float64, structure.IsDiagonalStorage ? [k, d] : [k, d, d], model.Covariances.Span);
        byte[] kind = Encoding.UTF32.GetBytes(structure.KindName);
        Write<byte>(archive, ModelLayout.CovarianceType, new NpyElementType('U', kind.Length), [], kind);
        long[] blockSizes = [.. structure.BlockSizes];
        Write<long>(archive, ModelLayout.BlockSize, NpyElementType.Int64, [blockSizes.Length], blockSizes);
        if (model.Columns is { } columns)
        {
            WriteTexts(archive, ModelLayout.Columns, columns);
        }

        Write<long>(archive, ModelLayout.FormatVersion, NpyElementType.Int64, [], [ModelLayout.CurrentVersion]);
    }

    private static ZipArchive OpenArchive(Stream stream)
    {
        try
        {
            ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);

            // The list of members is read here, so that a damaged one is known by its own message.
            _ = archive.Entries.Count;
            return archive;
        }
        catch (InvalidDataException e)
        {
            throw new FileProblemException("it is not a .npz file (a zip archive), or it is cut off.", null, e);
        }
    }

    private static NpzMember Require(ZipArchive archive, string name)
    {
        if (NpzMember.Find(archive, name) is NpzMember member)
        {
            return member;
        }

        string found = string.Join(", ", archive.Entries.Take(8).Select(e => MessageText.Quote(Path.GetFileNameWithoutExtension(e.FullName))));
        throw new FileProblemException($"there is no array '{name}' in it, only {(found.Length == 0 ? "nothing" : found)}.");
    }

    private static CovarianceKind ParseKind(string text) => text switch
    {
        "diag" => CovarianceKind.Diagonal,
        "full" => CovarianceKind.Full,
        _ => throw new FileProblemException($"'{ModelLayout.CovarianceType}' is {MessageText.Quote(text)}, but diag and full are known."),
    };

    // NumPy's text has as many characters of four bytes as the longest one, at least one, and zeros behind shorter ones.
    private static void WriteTexts(ZipArchive archive, string name, IReadOnlyList<string> texts)
    {
        byte[][] characters = [.. texts.Select(Encoding.UTF32.GetBytes)];
        int size = Math.Max(sizeof(int), characters.Max(text => text.Length));
        byte[] bytes = new byte[checked(size * texts.Count)];
        for (int i = 0; i < texts.Count; i++)
        {
            characters[i].CopyTo(bytes, i * size);
        }

        Write<byte>(archive, name, new NpyElementType('U', size), [texts.Count], bytes);
    }

    private static void Write<T>(ZipArchive archive, string name, NpyElementType type, long[] shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ZipArchiveEntry entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = EntryTime;
        using Stream stream = entry.Open();
        new NpyHeader(type, FortranOrder: false, shape).Write(stream);
        NumberWriter.WriteRaw(stream, values);
    }
}
