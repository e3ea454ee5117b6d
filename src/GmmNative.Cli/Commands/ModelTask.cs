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
}
