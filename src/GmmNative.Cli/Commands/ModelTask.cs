using GmmNative.Cli.Input;

namespace GmmNative.Cli.Commands;

/// <summary>A model and the vectors to apply it to.</summary>
/// <param name="Model">The model.</param>
/// <param name="ModelPath">The file of the model.</param>
/// <param name="Rows">The vectors.</param>
/// <param name="InputPath">The file of the vectors.</param>
/// <param name="Reading">How the vectors are read, for further files of the same kind.</param>
/// <param name="Execution">How to compute.</param>
internal sealed record ModelTask(
    GaussianMixture Model,
    string ModelPath,
    IVectorSource Rows,
    string InputPath,
    VectorFileOptions Reading,
    ExecutionOptions Execution)
{
    /// <summary>Reads a background model with the columns of the model.</summary>
    /// <param name="path">The file. A <c>.gmm</c> file has the number of components of the model.</param>
    /// <param name="cancellationToken">Ends the checks of large covariances early.</param>
    /// <exception cref="GmmException">The file cannot be read, or the models differ in dimension or in the names of columns.</exception>
    public GaussianMixture LoadBackground(string path, CancellationToken cancellationToken)
    {
        GaussianMixture background = ModelInput.Load(path, Model.Dimension, Model.ComponentCount, cancellationToken);
        return BackgroundModel.Conform(background, $"--against {path}", Model, ModelPath);
    }

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
