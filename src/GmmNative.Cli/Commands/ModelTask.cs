namespace GmmNative.Cli.Commands;

/// <summary>A model and the vectors to apply it to.</summary>
internal sealed record ModelTask(
    GaussianMixture Model,
    string ModelPath,
    IVectorSource Rows,
    string InputPath)
{
    /// <summary>Throws unless the vectors have the dimension of the model.</summary>
    public void RequireFullDimension()
    {
        if (Rows.Dimension != Model.Dimension)
        {
            throw new VectorDataException(
                $"{InputPath}: its vectors have dimension {Rows.Dimension}, but the model {ModelPath} has dimension {Model.Dimension}: "
                + "use vectors like those that the model was trained on"
                + $"{(Rows.Dimension > Model.Dimension ? ", or select columns with --columns" : "")}.");
        }
    }

    /// <summary>Throws unless the vectors consist of the given columns, or of all columns of the model.</summary>
    /// <param name="given">The number of given columns.</param>
    public void RequireGiven(int given)
    {
        if (Rows.Dimension != given && Rows.Dimension != Model.Dimension)
        {
            throw new VectorDataException(
                $"{InputPath}: its vectors have dimension {Rows.Dimension}, but {given} of the {Model.Dimension} columns of the model "
                + $"{ModelPath} are given: use vectors of exactly these columns, or of all {Model.Dimension}.");
        }
    }

    /// <summary>Selects columns of vectors that have all columns of the model.</summary>
    /// <param name="columns">The columns, from 0. Vectors that have only these columns are not changed.</param>
    public ModelTask WithColumns(int[] columns) =>
        Rows.Dimension == columns.Length ? this : this with { Rows = VectorSource.SelectColumns(Rows, columns) };
}
