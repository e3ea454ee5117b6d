using GmmNative.Errors;

namespace GmmNative.Files.Models;

/// <summary>The expectations of the caller about a model. A <see langword="null"/> value accepts any value of the file.</summary>
/// <param name="Dimension">D.</param>
/// <param name="ComponentCount">K.</param>
/// <param name="Structure">The structure of the covariances.</param>
internal readonly record struct ModelRequest(int? Dimension, int? ComponentCount, CovarianceStructure? Structure)
{
    /// <summary>Checks that a file agrees with the request.</summary>
    /// <exception cref="FileProblemException">The file contradicts the request.</exception>
    public void Check(CovarianceStructure found, int componentCount)
    {
        if (Dimension is int dimension && dimension != found.Dimension)
        {
            throw new FileProblemException($"the model has dimension {found.Dimension}, but {dimension} was requested.");
        }

        if (ComponentCount is int count && count != componentCount)
        {
            throw new FileProblemException($"the model has {componentCount} components, but {count} were requested.");
        }

        if (Structure is not null && !Structure.Equals(found))
        {
            throw new FileProblemException($"the model's covariance is {found}, but {Structure} was requested.");
        }
    }
}
