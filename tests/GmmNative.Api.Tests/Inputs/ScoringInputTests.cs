using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests.Inputs;

/// <summary>All forms of the same rows give the same scores in every bit.</summary>
public sealed class ScoringInputTests
{
    private static readonly GaussianMixture Model = Samples.Model;
    private static readonly IVectorSource Source = VectorSource.From(Samples.Flat, Samples.Dimension);

    [Fact]
    public void LogDensities_EachFormOfRows_AreTheSame() => Assert.All(
        (double[][])[
            Model.LogDensities(Samples.Matrix), Model.LogDensities(Samples.SingleMatrix), Model.LogDensities(Samples.Jagged),
            Model.LogDensities(Samples.SingleJagged), Model.LogDensities(Samples.Flat, Samples.Dimension),
            Model.LogDensities(Samples.SingleFlat, Samples.Dimension), Model.LogDensities(Samples.Once(Samples.Jagged)),
        ],
        densities => Assert.Equal(Model.LogDensities(Source), densities));

    [Fact]
    public void Posteriors_EachFormOfRows_AreTheSame() => Assert.All(
        (double[][,])[
            Model.Posteriors(Samples.Matrix), Model.Posteriors(Samples.SingleMatrix), Model.Posteriors(Samples.Jagged),
            Model.Posteriors(Samples.SingleJagged), Model.Posteriors(Samples.Flat, Samples.Dimension),
            Model.Posteriors(Samples.SingleFlat, Samples.Dimension), Model.Posteriors(Samples.Once(Samples.SingleJagged)),
        ],
        posteriors => Assert.Equal(Model.Posteriors(Source), posteriors));

    [Fact]
    public void Labels_EachFormOfRows_AreTheSame() => Assert.All(
        (int[][])[
            Model.Labels(Samples.Matrix), Model.Labels(Samples.SingleMatrix), Model.Labels(Samples.Jagged),
            Model.Labels(Samples.SingleJagged), Model.Labels(Samples.Flat, Samples.Dimension),
            Model.Labels(Samples.SingleFlat, Samples.Dimension), Model.Labels(Samples.Once(Samples.Jagged)),
        ],
        labels => Assert.Equal(Model.Labels(Source), labels));

    [Fact]
    public void Transform_EachFormOfRows_IsTheSame()
    {
        double[][] leading = [.. Samples.Jagged.Select(row => row[..2])];
        double[,] matrix = new double[leading.Length, 2];
        for (int t = 0; t < leading.Length; t++)
        {
            (matrix[t, 0], matrix[t, 1]) = (leading[t][0], leading[t][1]);
        }

        TransformResult expected = Model.Transform(VectorSource.From(leading));
        Assert.All(
            (TransformResult[])[
                Model.Transform(leading), Model.Transform(matrix), Model.Transform(leading.SelectMany(row => row).ToArray(), 2),
                Model.Transform(leading.Select(row => Array.ConvertAll(row, x => (float)x))),
            ],
            result =>
            {
                Assert.Equal(expected.Converted, result.Converted);
                Assert.Equal(expected.LogDensities, result.LogDensities);
            });
    }
}
