using System.Runtime.InteropServices;
using GmmNative.Errors;
using GmmNative.Files.Numbers;

using GmmNative.Model;

namespace GmmNative.Files.Models;

/// <summary>
/// SPTK's <c>.gmm</c>: raw little-endian doubles, for each component its weight, mean (D) and variances (D) or covariance
/// (D x D, row-major). The file does not contain D, K or the block sizes.
/// </summary>
internal sealed class SptkModelFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Extension => ".gmm";

    /// <inheritdoc/>
    public bool HasVariational => false;

    /// <inheritdoc/>
    public GaussianMixture Read(Stream stream, ModelRequest request, CancellationToken cancellationToken)
    {
        if ((request.Dimension ?? request.Structure?.Dimension) is not int dimension)
        {
            throw new FileProblemException("a .gmm file does not contain its dimension: give --dimension D.");
        }

        if (request.ComponentCount is not int count)
        {
            throw new FileProblemException("a .gmm file does not contain its number of components: give -k K.");
        }

        CovarianceStructure structure = FindStructure(stream.Length, dimension, count, request.Structure?.Unshared);
        (request with { Structure = request.Structure?.Unshared }).Check(structure, count);
        ModelLayout.CheckMemory(structure, count);
        double[] weights = new double[count];
        double[] means = new double[count * dimension];
        CovarianceStorage storage = structure.Storage;
        double[] covariances = storage.Allocate(count);
        for (int k = 0; k < count; k++)
        {
            ReadDoubles(stream, weights.AsSpan(k, 1));
            ReadDoubles(stream, means.AsSpan(k * dimension, dimension));
            ReadDoubles(stream, storage.Of(covariances.AsSpan(), k));
        }

        GaussianMixture model = GaussianMixture.FromOwned(structure, weights, means, covariances, cancellationToken);
        return request.Structure is { } wanted ? model.WithStructure(wanted) : model;
    }

    /// <inheritdoc/>
    /// <remarks>The format has no shared covariances: each component gets a copy.</remarks>
    public void Write(Stream stream, GaussianMixture model)
    {
        GaussianMixture own = model.WithStructure(model.Structure.Unshared);
        for (int k = 0; k < own.ComponentCount; k++)
        {
            NumberWriter.WriteRaw(stream, own.Weights.Span.Slice(k, 1));
            NumberWriter.WriteRaw(stream, own.Mean(k));
            NumberWriter.WriteRaw(stream, own.Covariance(k));
        }
    }

    // The size distinguishes variances from covariances. With D = 1 they are the same numbers, and the diagonal model is simpler.
    private static CovarianceStructure FindStructure(long length, int dimension, int count, CovarianceStructure? requested)
    {
        Int128 diagonal = ExpectedLength(dimension, count, dimension);
        Int128 full = ExpectedLength(dimension, count, (long)dimension * dimension);
        Int128 wanted = requested is { Storage.HoldsVariances: true } ? diagonal : full;
        bool fits = requested is null ? length == diagonal || length == full : length == wanted;
        if (!fits)
        {
            string expected = requested is null
                ? $"{diagonal} (diagonal) or {full} (full) bytes"
                : $"{wanted} bytes ({requested})";
            throw new FileProblemException(
                $"{length} bytes were found, but {count} components of dimension {dimension} take {expected}; check --dimension and -k.");
        }

        if (length / sizeof(double) > Array.MaxLength)
        {
            throw new FileProblemException("the model is too large.");
        }

        return requested ?? new CovarianceStructure(length == diagonal ? CovarianceKind.Diagonal : CovarianceKind.Full, dimension);
    }

    private static Int128 ExpectedLength(int dimension, int count, Int128 covarianceSize) =>
        (Int128)sizeof(double) * count * (1 + (Int128)dimension + covarianceSize);

    private static void ReadDoubles(Stream stream, Span<double> values)
    {
        const int atOnce = 1 << 16;
        while (values.Length > 0)
        {
            int n = Math.Min(values.Length, atOnce);
            stream.ReadExactly(MemoryMarshal.AsBytes(values[..n]));
            values = values[n..];
        }
    }
}
