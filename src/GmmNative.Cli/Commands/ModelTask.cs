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
}
