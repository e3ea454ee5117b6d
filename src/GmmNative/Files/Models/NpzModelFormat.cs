using System.IO.Compression;
using System.Text;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;

namespace GmmNative.Files.Models;

/// <summary>NumPy's <c>.npz</c>: a zip archive of <c>.npy</c> arrays, written uncompressed, and readable without pickle.</summary>
internal sealed class NpzModelFormat : IModelFormat
{
    // The time is part of the file. It is fixed, so that equal models give equal files. It is the earliest time that zip can represent.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Extension => ".npz";

    /// <inheritdoc/>
    public GaussianMixture Read(Stream stream, ModelRequest request, CancellationToken cancellationToken)
    {
        NpzArchive archive = new(stream);
        if (archive.Find(ModelLayout.FormatVersion)?.ReadIntegers(1) is [long version])
        {
            ModelLayout.CheckVersion(version);
        }

        NpzMember weights = archive.Require(ModelLayout.Weights).RequireNumbers();
        NpzMember means = archive.Require(ModelLayout.Means).RequireNumbers();
        NpzMember covariances = archive.Require(ModelLayout.Covariances).RequireNumbers();
        CovarianceKind? kind = archive.Find(ModelLayout.CovarianceType) is NpzMember text ? ModelLayout.ParseKind(text.ReadText()) : null;
        long[]? blockSizes = archive.Find(ModelLayout.BlockSize)?.ReadIntegers(ModelLayout.MaximumBlocks);

        // All shapes and the required memory are checked before the first large array is read.
        CovarianceStructure structure = ModelLayout.Infer(
            weights.Header.Shape, means.Header.Shape, covariances.Header.Shape, kind, blockSizes);
        int count = (int)weights.Header.Shape[0];
        request.Check(structure, count);
        long needed = ModelLayout.CheckMemory(structure, count);
        if (PackedModelScan.IsOutOfProportion(needed, stream.Length))
        {
            PackedModelScan.Check(structure, weights, covariances);
        }

        string? priorType = archive.Find(VariationalLayout.PriorType)?.ReadText();
        NpzMember? concentration = archive.Find(VariationalLayout.Concentration)?.RequireNumbers();
        NpzMember? precision = archive.Find(VariationalLayout.MeanPrecision)?.RequireNumbers();
        NpzMember? degrees = archive.Find(VariationalLayout.DegreesOfFreedom)?.RequireNumbers();

        // scikit-learn has a number without dimensions for tied covariances.
        long[]? degreesShape = degrees?.Header.Shape is [] ? [1] : degrees?.Header.Shape;
        WeightPrior? prior = VariationalLayout.Determine(
            priorType, concentration?.Header.Shape, precision?.Header.Shape, degreesShape, count);
        NpzMember? criteria = archive.Find(CriteriaLayout.Criteria);
        string[]? columns = archive.Find(ModelLayout.Columns)?.ReadTexts(structure.Dimension);
        GaussianMixture model = GaussianMixture.FromOwned(
            structure, weights.ReadDoubles(), means.ReadDoubles(), covariances.ReadDoubles(), cancellationToken);
        model = ModelLayout.Name(model, columns);
        model = prior is { } weightPrior
            ? VariationalLayout.Attach(model, weightPrior, concentration!.ReadDoubles(), precision!.ReadDoubles(), degrees!.ReadDoubles())
            : model;
        return model.WithTrainingCriteria(criteria is null ? null : CriteriaLayout.Read(criteria));
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
        Write(archive, ModelLayout.Covariances, NpyElementType.Float64, structure.Storage.Shape(k),
            model.Covariances.Span);
        WriteText(archive, ModelLayout.CovarianceType, structure.KindName);
        long[] blockSizes = [.. structure.BlockSizes];
        Write<long>(archive, ModelLayout.BlockSize, NpyElementType.Int64, [blockSizes.Length], blockSizes);
        if (model.Columns is { } columns)
        {
            WriteTexts(archive, ModelLayout.Columns, columns);
        }

        if (model.Variational is { } posterior)
        {
            Write(archive, posterior, k);
        }

        if (CriteriaLayout.Of(model) is { } numbers)
        {
            Write<double>(archive, CriteriaLayout.Criteria, NpyElementType.Float64, [numbers.Length], numbers);
        }

        Write<long>(archive, ModelLayout.FormatVersion, NpyElementType.Int64, [], [ModelLayout.VersionOf(model)]);
    }

    private static void Write(ZipArchive archive, VariationalPosterior posterior, long components)
    {
        WriteText(archive, VariationalLayout.PriorType, VariationalLayout.NameOf(posterior.WeightPrior));
        long[] shape = VariationalLayout.ConcentrationShape(posterior.WeightPrior, components);
        Write(archive, VariationalLayout.Concentration, NpyElementType.Float64, shape, posterior.WeightConcentration.Span);
        Write(archive, VariationalLayout.MeanPrecision, NpyElementType.Float64, [components], posterior.MeanPrecision.Span);
        ReadOnlySpan<double> degrees = posterior.DegreesOfFreedom.Span;
        Write(archive, VariationalLayout.DegreesOfFreedom, NpyElementType.Float64, [degrees.Length], degrees);
    }

    private static void WriteText(ZipArchive archive, string name, string text)
    {
        byte[] characters = Encoding.UTF32.GetBytes(text);
        Write<byte>(archive, name, new NpyElementType('U', characters.Length), [], characters);
    }

    // A NumPy string array has the length of its longest string, at least one character, at four bytes per character. Shorter strings are
    // padded with zeros.
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
