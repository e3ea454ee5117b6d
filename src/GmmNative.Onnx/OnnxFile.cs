using GmmNative.Onnx.Graph;

namespace GmmNative.Onnx;

/// <summary>Writes models as ONNX files (operator set 17), which ONNX Runtime and other programs can run.</summary>
/// <remarks>
/// The input <c>rows</c> is T x D, with any T of at least 1. The outputs are <c>label</c> (T, int64: the most probable component, from 0,
/// the first of several equally probable ones), <c>posterior</c> (T x K, rows with a sum of 1) and <c>log_density</c> (T, nats). The graph
/// subtracts the means before it multiplies, so data far from the origin loses no digits. It needs memory for T x K x D numbers: score
/// large data in batches. Values that are not finite give results that are not finite; they are not reported. The names of the columns,
/// the covariance type and the versions are in the metadata.
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// OnnxFile.Save(model, "model.onnx");
/// byte[] single = OnnxFile.Save(model, Precision.Single);
/// </code>
/// </example>
public static class OnnxFile
{
    /// <summary>Writes a file completely or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="precision">The type of the input and of the results: float64, the default, or float32.</param>
    /// <exception cref="ArgumentException">The file would be larger than 2 GB, the limit of ONNX files.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(GaussianMixture model, string path, Precision precision = Precision.Double)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = Save(model, precision);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Writes to a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="precision">The type of the input and of the results: float64, the default, or float32.</param>
    /// <inheritdoc cref="Save(GaussianMixture, string, Precision)" path="/exception"/>
    public static void Save(GaussianMixture model, Stream stream, Precision precision = Precision.Double)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Save(model, precision));
    }

    /// <summary>Returns the bytes of a file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="precision">The type of the input and of the results: float64, the default, or float32.</param>
    /// <exception cref="ArgumentException">The file would be larger than 2 GB, the limit of ONNX files.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public static byte[] Save(GaussianMixture model, Precision precision = Precision.Double)
    {
        ArgumentNullException.ThrowIfNull(model);
        return precision switch
        {
            Precision.Double => MixtureGraph<double>.Write(model),
            Precision.Single => MixtureGraph<float>.Write(model),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), $"{precision} is not a precision."),
        };
    }
}
