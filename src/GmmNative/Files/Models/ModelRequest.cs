using GmmNative.Errors;

namespace GmmNative.Files.Models;

/// <summary>What the caller of a load knows about the model; <see langword="null"/> where it is left to the file.</summary>
/// <param name="Dimension">D.</param>
/// <param name="ComponentCount">K.</param>
/// <param name="Structure">The covariance's structure.</param>
internal readonly record struct ModelRequest(int? Dimension, int? ComponentCount, CovarianceStructure? Structure)
{
    /// <summary>Checks that a file agrees with what was asked for.</summary>
    /// <exception cref="FileProblemException">It does not.</exception>
    public void Check(CovarianceStructure found, int componentCount)
    {
        if (Dimension is int dimension && dimension != found.Dimension)
        {
            throw new FileProblemException($"the model has dimension {found.Dimension}, but {dimension} was asked for.");
        }

        if (ComponentCount is int count && count != componentCount)
        {
            throw new FileProblemException($"the model has {componentCount} components, but {count} were asked for.");
        }

        if (Structure is not null && !Structure.Equals(found))
        {
            throw new FileProblemException($"the model's covariance is {found}, but {Structure} was asked for.");
        }
    }
}
