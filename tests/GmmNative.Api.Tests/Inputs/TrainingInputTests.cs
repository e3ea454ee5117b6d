using CommunityToolkit.HighPerformance;
using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests.Inputs;

/// <summary>All forms of the same rows give the same model in every bit.</summary>
public sealed class TrainingInputTests
{
    private static readonly GaussianMixtureTrainer Trainer = new(2, Samples.Options);

    [Fact]
    public void Fit_EachFormOfRows_GivesTheSameModel() => Assert.All(
        (GmmFitResult[])[
            Trainer.Fit(Samples.Matrix), Trainer.Fit(Samples.SingleMatrix), Trainer.Fit(Samples.Jagged), Trainer.Fit(Samples.SingleJagged),
            Trainer.Fit(Samples.Matrix.AsMemory2D()), Trainer.Fit(Samples.SingleMatrix.AsMemory2D()),
            Trainer.Fit(Samples.Flat, Samples.Dimension), Trainer.Fit(Samples.SingleFlat, Samples.Dimension),
            Trainer.Fit(Samples.Jagged.ToList()), Trainer.Fit(Samples.Once(Samples.Jagged)),
            Trainer.Fit(Samples.Once(Samples.SingleJagged)),
        ],
        result => AssertSame(result.Model));

    [Fact]
    public void Fit_EachFormOfRowsWithWeights_GivesTheSameModel()
    {
        double[] weights = [.. Enumerable.Range(0, Samples.Jagged.Length).Select(t => 0.5 + (t % 3))];
        GmmFitResult expected = Trainer.Fit(VectorSource.From(Samples.Jagged).WithRowWeights(weights));
        Assert.NotEqual(Samples.Model.Means.ToArray(), expected.Model.Means.ToArray());
        Assert.Equal(weights.Sum(), expected.TotalWeight);
        Assert.Equal(weights.Length, expected.RowCount);
        Assert.All(
            (GaussianMixture[])[
                Trainer.Fit(VectorSource.From(Samples.Flat, Samples.Dimension), rowWeights: weights).Model,
                Trainer.Fit(Samples.Matrix, rowWeights: weights).Model, Trainer.Fit(Samples.SingleMatrix, rowWeights: weights).Model,
                Trainer.Fit(Samples.Jagged, rowWeights: weights).Model, Trainer.Fit(Samples.SingleJagged, rowWeights: weights).Model,
                Trainer.Fit(Samples.Matrix.AsMemory2D(), rowWeights: weights).Model,
                Trainer.Fit(Samples.Flat, Samples.Dimension, rowWeights: weights).Model,
                Trainer.Fit(Samples.SingleFlat, Samples.Dimension, rowWeights: weights).Model,
                Trainer.Fit(Samples.Once(Samples.Jagged), rowWeights: weights).Model,
                Trainer.Fit(Samples.Once(Samples.SingleJagged), rowWeights: weights).Model,
                GaussianMixture.Fit(VectorSource.From(Samples.Matrix).WithRowWeights(weights), 2, Samples.Options),
            ],
            model => Assert.Equal(expected.Model.Means.ToArray(), model.Means.ToArray()));
        Assert.Throws<VectorDataException>(() => Trainer.Fit(Samples.Matrix, rowWeights: weights.AsMemory(1)));
    }

    [Fact]
    public void StaticFit_EachFormOfRows_GivesTheSameModel() => Assert.All(
        (GaussianMixture[])[
            GaussianMixture.Fit(Samples.Matrix, 2, Samples.Options), GaussianMixture.Fit(Samples.SingleMatrix, 2, Samples.Options),
            GaussianMixture.Fit(Samples.Jagged, 2, Samples.Options), GaussianMixture.Fit(Samples.SingleJagged, 2, Samples.Options),
            GaussianMixture.Fit(Samples.Flat, Samples.Dimension, 2, Samples.Options),
            GaussianMixture.Fit(Samples.SingleFlat, Samples.Dimension, 2, Samples.Options),
            GaussianMixture.Fit(Samples.Once(Samples.Jagged), 2, Samples.Options),
            GaussianMixture.Fit(VectorSource.From(Samples.Jagged), 2, Samples.Options),
        ],
        AssertSame);

    [Fact]
    public void StaticFit_NoOptions_IsTheTrainerWithItsDefaults() => Assert.Equal(
        new GaussianMixtureTrainer(3).Fit(Samples.Matrix).Model.Means.ToArray(), GaussianMixture.Fit(Samples.Matrix, 3).Means.ToArray());

    [Fact]
    public void ReferenceClass_EachFormOfRows_GivesTheSame()
    {
        GaussianMixture expected = Estimator().Warmup(VectorSource.From(Samples.Jagged));
        Assert.All(
            (GaussianMixture[])[
                Estimator().Warmup(Samples.Matrix), Estimator().Warmup(Samples.SingleMatrix), Estimator().Warmup(Samples.Jagged),
                Estimator().Warmup(Samples.SingleJagged), Estimator().Warmup(Samples.Flat, Samples.Dimension),
                Estimator().Warmup(Samples.SingleFlat, Samples.Dimension), Estimator().Warmup(Samples.Once(Samples.Jagged)),
                Estimator().Initialize(Samples.Matrix, InitializationMethod.LindeBuzoGray),
                Estimator().Initialize(Samples.Flat, Samples.Dimension, InitializationMethod.LindeBuzoGray),
            ],
            model => Assert.Equal(expected.Means.ToArray(), model.Means.ToArray()));

        double[] fitted = Estimator().Fit(VectorSource.From(Samples.Jagged)).Model.Means.ToArray();
        Assert.Equal(fitted, Estimator().Fit(Samples.Matrix).Model.Means.ToArray());
        Assert.Equal(fitted, Estimator().Fit(Samples.SingleJagged).Model.Means.ToArray());
        Assert.Equal(fitted, Estimator().Fit(Samples.Flat, Samples.Dimension).Model.Means.ToArray());

        GaussianMixtureModeling estimator = Estimator();
        estimator.SetParameters(Samples.Model);
        Assert.Equal(Samples.Model.Labels(Samples.Matrix), estimator.Transform(Samples.Jagged).Labels);
        Assert.Equal(Samples.Model.Labels(Samples.Matrix), estimator.Transform(Samples.Flat, Samples.Dimension).Labels);
    }

    [Fact]
    public void Fit_BorderOfPieces_GivesTheSameModel()
    {
        // Three full segments of memory, and a last segment that is not full.
        const int dimension = 1000;
        Random random = new(3);
        double[][] rows = [.. Enumerable.Range(0, 400)
            .Select(t => Enumerable.Range(0, dimension).Select(_ => random.NextDouble()).ToArray())];
        GmmOptions options = new() { Start = new() { Method = InitializationMethod.Random }, Stopping = new() { Iterations = 2 } };
        GaussianMixture expected = GaussianMixture.Fit(rows.SelectMany(row => row).ToArray(), dimension, 2, options);
        Assert.Equal(expected.Means.ToArray(), GaussianMixture.Fit(rows, 2, options).Means.ToArray());
        Assert.Equal(expected.Means.ToArray(), GaussianMixture.Fit(rows.Select(row => row), 2, options).Means.ToArray());
    }

    private static GaussianMixtureModeling Estimator() => new(Samples.Dimension - 1, 2, Samples.Options);

    private static void AssertSame(GaussianMixture model)
    {
        Assert.Equal(Samples.Model.Weights.ToArray(), model.Weights.ToArray());
        Assert.Equal(Samples.Model.Means.ToArray(), model.Means.ToArray());
        Assert.Equal(Samples.Model.Covariances.ToArray(), model.Covariances.ToArray());
    }
}
