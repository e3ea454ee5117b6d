using System.Buffers;
using System.Numerics.Tensors;
using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests.Inputs;

/// <summary>Rows from tensors.</summary>
public sealed class TensorInputTests
{
    [Fact]
    public void From_DoubleSingleAndTransposed_GiveTheSameModel()
    {
        nint count = Samples.Jagged.Length;
        Tensor<double> rows = Tensor.Create(Samples.Flat, [count, Samples.Dimension]);
        Tensor<float> single = Tensor.Create(Samples.SingleFlat, [count, Samples.Dimension]);
        double[] columns = [.. Enumerable.Range(0, Samples.Dimension).SelectMany(column => Samples.Jagged.Select(row => row[column]))];
        Tensor<double> transposed = Tensor.PermuteDimensions(Tensor.Create(columns, [Samples.Dimension, count]), [1, 0]);
        foreach (IVectorSource source in (IVectorSource[])
            [TensorVectorSource.From(rows), TensorVectorSource.From(single), TensorVectorSource.From(transposed)])
        {
            GmmFitResult result = new GaussianMixtureTrainer(2, Samples.Options).Fit(source);
            Assert.Equal(Samples.Model.Means.ToArray(), result.Model.Means.ToArray());
        }
    }

    [Fact]
    public void From_PartOfATensor_IsThatPart()
    {
        Tensor<double> rows = Tensor.Create([1.0, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]);
        using IVectorSource part = TensorVectorSource.From(rows.AsReadOnlyTensorSpan().Slice([new NRange(1, 3), new NRange(0, 2)]));
        double[] read = new double[4];
        using IVectorReader reader = part.OpenReader();
        Assert.Equal(2, reader.Read(read));
        Assert.Equal([4, 5, 7, 8], read);
    }

    [Fact]
    public void From_WrongShape_Throws()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => TensorVectorSource.From(Tensor.Create([1.0, 2, 3, 4], [2, 2, 1])));
        Assert.StartsWith("The tensor has 3 dimensions, but rows are a tensor of 2: T x D.", e.Message, StringComparison.Ordinal);
        Assert.Throws<VectorDataException>(() => TensorVectorSource.From(Tensor.Create(Array.Empty<float>(), [0, 2])));
    }
}
