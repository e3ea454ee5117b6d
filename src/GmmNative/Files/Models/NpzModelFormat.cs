namespace GmmNative.Files.Models;

/// <summary>NumPy's <c>.npz</c>: a zip archive of <c>.npy</c> arrays, written uncompressed, and readable without pickle.</summary>
internal sealed class NpzModelFormat : IModelFormat
{
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

        string mark = ScikitLearnLayout.MarkOf(archive);
        NpzMember weights = archive.Require(ModelLayout.Weights + mark).RequireNumbers();
        NpzMember means = archive.Require(ModelLayout.Means + mark).RequireNumbers();
        NpzMember covariances = archive.Require(ModelLayout.Covariances + mark).RequireNumbers();
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
        NpzMember? concentration = archive.Find(VariationalLayout.Concentration + mark)?.RequireNumbers();
        NpzMember? precision = archive.Find(VariationalLayout.MeanPrecision + mark)?.RequireNumbers();
        NpzMember? degrees = archive.Find(VariationalLayout.DegreesOfFreedom + mark)?.RequireNumbers();

        // scikit-learn has a number without dimensions for tied covariances.
        long[]? degreesShape = degrees?.Header.Shape is [] ? [1] : degrees?.Header.Shape;
        WeightPrior? prior = VariationalLayout.Determine(
            priorType, concentration?.Header.Shape, precision?.Header.Shape, degreesShape, count);
        NpzMember? criteria = archive.Find(CriteriaLayout.Criteria);
        string[]? columns = archive.Find(mark.Length > 0 ? ScikitLearnLayout.Columns : ModelLayout.Columns)?.ReadTexts(structure.Dimension);
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
        using NpzWriter archive = new(stream);
        archive.Write(ModelLayout.Weights, [k], model.Weights.Span);
        archive.Write(ModelLayout.Means, [k, d], model.Means.Span);
        archive.Write(ModelLayout.Covariances, structure.Storage.Shape(k), model.Covariances.Span);
        archive.Write(ModelLayout.CovarianceType, structure.KindName);
        long[] blockSizes = [.. structure.BlockSizes];
        archive.Write(ModelLayout.BlockSize, [blockSizes.Length], blockSizes);
        if (model.Columns is { } columns)
        {
            archive.Write(ModelLayout.Columns, columns);
        }

        if (model.Variational is { } posterior)
        {
            Write(archive, posterior, k);
        }

        if (CriteriaLayout.Of(model) is { } numbers)
        {
            archive.Write(CriteriaLayout.Criteria, [numbers.Length], numbers);
        }

        archive.Write(ModelLayout.FormatVersion, [], (long[])[ModelLayout.VersionOf(model)]);
    }

    private static void Write(NpzWriter archive, VariationalPosterior posterior, long components)
    {
        archive.Write(VariationalLayout.PriorType, VariationalLayout.NameOf(posterior.WeightPrior));
        long[] shape = VariationalLayout.ConcentrationShape(posterior.WeightPrior, components);
        archive.Write(VariationalLayout.Concentration, shape, posterior.WeightConcentration.Span);
        archive.Write(VariationalLayout.MeanPrecision, [components], posterior.MeanPrecision.Span);
        ReadOnlySpan<double> degrees = posterior.DegreesOfFreedom.Span;
        archive.Write(VariationalLayout.DegreesOfFreedom, [degrees.Length], degrees);
    }
}
