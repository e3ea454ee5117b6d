namespace GmmNative.Plots.Geometry;

/// <summary>What a picture in the plane shows: the projected rows and components, and the part of the plane that contains them.</summary>
/// <param name="Projection">The map from rows to the plane.</param>
/// <param name="Rows">The rows, or <see langword="null"/>.</param>
/// <param name="Points">The projected rows; empty without rows.</param>
/// <param name="Mixture">The projected mixture, or <see langword="null"/>.</param>
/// <param name="View">The part of the plane.</param>
internal sealed record PlaneScene(
    PlaneProjection Projection, SampledRows? Rows, IReadOnlyList<PlanePoint> Points, PlaneMixture? Mixture, PlaneView View)
{
    /// <summary>The maximum number of rows, if the options have none.</summary>
    private const int DefaultMaximumRows = 5000;

    /// <summary>Builds the scene of a model, or of rows alone.</summary>
    /// <param name="model">The model, or <see langword="null"/>.</param>
    /// <param name="rows">The rows, or <see langword="null"/> if there is a model.</param>
    /// <param name="options">The options.</param>
    /// <param name="sigmas">The size of the largest ellipses, in standard deviations.</param>
    /// <param name="cancellationToken">Ends the pass over the rows early.</param>
    /// <exception cref="ArgumentException">The columns do not span a plane.</exception>
    /// <exception cref="VectorDataException">The rows do not have the dimension of the model, or there is no row.</exception>
    public static PlaneScene Of(
        GaussianMixture? model, IVectorSource? rows, PlotOptions options, double sigmas, CancellationToken cancellationToken)
    {
        int dimension = model?.Dimension ?? rows!.Dimension;
        CheckColumns(options.Columns, dimension);
        SampledRows? sample = rows is null ? null : Sample(model, rows, options, DefaultMaximumRows, cancellationToken);
        string[] names = ColumnNames.Of(model?.Columns ?? rows?.ColumnNames, dimension);
        PlaneProjection projection = options.Columns is { } columns
            ? PlaneProjection.OfColumns(names, columns[0], columns[1])
            : dimension == 2
                ? PlaneProjection.OfColumns(names, 0, 1)
                : PlaneProjection.OfPrincipalAxes(model is null ? RowMoments.Of(sample!) : RowMoments.Of(model));
        PlanePoint[] points = sample is null ? [] : [.. Enumerable.Range(0, sample.Count).Select(t => projection.Project(sample.Row(t)))];
        PlaneMixture? mixture = model is null ? null : PlaneMixture.Of(model, projection);
        return new PlaneScene(projection, sample, points, mixture, PlaneView.Of(points, mixture, sigmas));
    }

    /// <summary>Draws the rows of a picture, after checking that they suit the model.</summary>
    public static SampledRows Sample(
        GaussianMixture? model, IVectorSource rows, PlotOptions options, int defaultMaximum, CancellationToken cancellationToken)
    {
        if (model is not null && rows.Dimension != model.Dimension)
        {
            throw new VectorDataException(
                $"The rows have dimension {rows.Dimension}, but the model has dimension {model.Dimension}: use rows like those that the "
                + "model was trained on.");
        }

        SampledRows sample = SampledRows.Draw(rows, options.MaximumRows ?? defaultMaximum, options.Seed, cancellationToken);
        return sample.Count > 0 ? sample : throw new VectorDataException("There is no row to draw.");
    }

    private static void CheckColumns(IReadOnlyList<int>? columns, int dimension)
    {
        if (dimension < 2)
        {
            throw new ArgumentException("A plane needs two columns, and there is only one: draw its histogram (marginals) instead.");
        }

        if (columns is not null && (columns.Count != 2 || columns[0] == columns[1] || columns.Any(c => c < 0 || c >= dimension)))
        {
            throw new ArgumentException($"A plane needs two different columns of the {dimension}.");
        }
    }
}
