using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace GmmNative.ML.Tests;

/// <summary>The estimator among others of ML.NET, and the evaluations of ML.NET.</summary>
public sealed class PipelineTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Fit_NormalizedColumns_EvaluateAsClusters()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Samples.Observations());
        EstimatorChain<GaussianMixtureTransformer> pipeline = _mlContext.Transforms.NormalizeMeanVariance("Features")
            .AppendCacheCheckpoint(_mlContext)
            .Append(_mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 3));
        ClusteringMetrics metrics = _mlContext.Clustering.Evaluate(
            pipeline.Fit(data).Transform(data), labelColumnName: "Label", featureColumnName: "Features");

        // The clusters are at least 8 standard deviations apart: the evaluation finds the same clusters, with the smallest distances.
        Assert.Equal(1, metrics.NormalizedMutualInformation, 1e-2);
        Assert.InRange(metrics.DaviesBouldinIndex, 0.1, 0.5);
        Assert.True(double.IsFinite(metrics.AverageDistance));
    }

    [Fact]
    public void CrossValidate_Folds_EachFindTheClusters()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Samples.Observations());
        var results = _mlContext.Clustering.CrossValidate(
            data, _mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 3), 3, labelColumnName: "Label");
        Assert.Equal(3, results.Count);
        Assert.All(results, fold => Assert.Equal(1, fold.Metrics.NormalizedMutualInformation, 2e-2));
    }

    [Fact]
    public void Expression_OfLogDensities_EvaluatesAsAnomalies()
    {
        GaussianMixtureTransformer mixture = _mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 3)
            .Fit(_mlContext.Data.LoadFromEnumerable(Samples.Observations()));
        Observation[] normal = Samples.Observations(100, seed: 2);
        double threshold = mixture.Model.LogDensityQuantile(Samples.Rows(normal), 0.02);

        var mixed = normal.Select(row => new Mixed { Features = row.Features })
            .Concat(Enumerable.Range(0, 20).Select(i => new Mixed { Features = [20 + i, -20], IsAnomaly = 1 }));
        IDataView scored = mixture
            .Append(_mlContext.Transforms.Expression("Score", "x => -x", "LogDensity")
                .Append(_mlContext.Transforms.Expression("PredictedLabel", $"x => x < {threshold:R}f", "LogDensity"))
                .Fit(mixture.Transform(_mlContext.Data.LoadFromEnumerable(mixed))))
            .Transform(_mlContext.Data.LoadFromEnumerable(mixed));
        AnomalyDetectionMetrics metrics = _mlContext.AnomalyDetection.Evaluate(scored, labelColumnName: "IsAnomaly");
        Assert.Equal(1, metrics.AreaUnderRocCurve);
        Assert.InRange(scored.GetColumn<bool>("PredictedLabel").Count(isAnomaly => isAnomaly), 20, 23);
    }

    /// <summary>A row with the truth.</summary>
    public sealed class Mixed
    {
        [VectorType(Samples.Dimension)]
        public float[] Features { get; set; } = [];

        public float IsAnomaly { get; set; }
    }
}
