using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GmmNative.Onnx.Tests;

/// <summary>What ONNX Runtime computes from a file.</summary>
internal sealed record OnnxScores(long[] Labels, double[] Posteriors, double[] LogDensities)
{
    /// <summary>Scores rows.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="rows">T x D, row-major.</param>
    /// <param name="dimension">D.</param>
    public static OnnxScores Of<T>(byte[] file, T[] rows, int dimension)
        where T : struct
    {
        using InferenceSession session = new(file);
        DenseTensor<T> input = new(rows, [rows.Length / dimension, dimension]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("rows", input)]);
        return new OnnxScores(
            [.. Tensor<long>("label")], Numbers("posterior"), Numbers("log_density"));

        Tensor<TValue> Tensor<TValue>(string name) => results.Single(result => result.Name == name).AsTensor<TValue>();
        double[] Numbers(string name) => [.. Tensor<T>(name).Select(value => Convert.ToDouble(value, null))];
    }
}
