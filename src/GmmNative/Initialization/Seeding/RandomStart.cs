using System.Numerics.Tensors;
using GmmNative.Data;
using GmmNative.Data.Sources;
using GmmNative.Passes;
using GmmNative.Scoring;

namespace GmmNative.Initialization.Seeding;

/// <summary>A start with K distinct random rows as means, equal weights, and variances without correlations.</summary>
/// <remarks>
/// The variances are those of the data, multiplied by 1/K or by the mean squared distance per coordinate, in standard deviations, of the
/// component's row from the nearest other one, whichever is smaller. With the variances of all data, clusters whose scale is far below the
/// distance between them would share every row evenly. EM could not leave such a start, and all components would end up equal. Several sets
/// of rows are drawn, and the set with the best log-likelihood is kept: a single set misses a cluster of half the rows once in 2^K draws.
/// </remarks>
internal sealed class RandomStart(InitializationContext context) : IStart
{
    private const int Draws = 8;
    private const int SampleRows = 2048;
    private const int SampleRowsPerComponent = 16;

    /// <summary>The maximum number of draws to replace duplicate rows.</summary>
    private const int Rounds = 8;

    /// <inheritdoc/>
    public GaussianMixture Run()
    {
        long sampleRows = Math.Max(SampleRows, (long)SampleRowsPerComponent * context.Components);
        TrainingData sample = context.Data.Sample(sampleRows, context.Random, context.CancellationToken);
        GaussianMixture? best = null;
        double bestLogLikelihood = double.NegativeInfinity;
        for (int draw = 0; draw < Draws; draw++)
        {
            GaussianMixture candidate = Draw();
            double[] densities = new double[sample.Summary.Rows];
            LogDensitySink sink = new(densities);
            ScoringPass.Score(candidate, sample.Rows, sink, densities.Length, context.Execution, context.CancellationToken);
            double logLikelihood = sample.Weights.IsEmpty
                ? TensorPrimitives.Sum<double>(densities)
                : TensorPrimitives.Dot(densities, sample.Weights.Span);
            if (best is null || logLikelihood > bestLogLikelihood)
            {
                (best, bestLogLikelihood) = (candidate, logLikelihood);
            }
        }

        return best!;
    }

    private GaussianMixture Draw()
    {
        double[] means = DrawDistinct();
        double[] nearest = NearestSquares(means);
        return StartingMixture.Uncorrelated(context, means, component => Variances(nearest[component]));
    }

    /// <summary>Draws distinct rows. If the data does not have enough distinct rows, some are repeated.</summary>
    private double[] DrawDistinct()
    {
        int dimension = context.Dimension;
        HashSet<ReadOnlyMemory<double>> distinct = new(RowEquality.Instance);
        List<ReadOnlyMemory<double>> repeated = [];
        for (int round = 0; round < Rounds && distinct.Count < context.Components; round++)
        {
            long[] places = context.Data.DrawDistinct(context.Components, context.Random);
            double[] rows = RandomRows.Read(context.Rows, places, context.CancellationToken);
            for (int i = 0; i < places.Length && distinct.Count < context.Components; i++)
            {
                Memory<double> row = rows.AsMemory(i * dimension, dimension);
                ReplaceMissing(row.Span);
                if (!distinct.Add(row) && round == 0)
                {
                    repeated.Add(row);
                }
            }
        }

        double[] means = new double[checked(context.Components * dimension)];
        int next = 0;
        foreach (ReadOnlyMemory<double> row in distinct.Concat(repeated).Take(context.Components))
        {
            row.Span.CopyTo(means.AsSpan(next++ * dimension));
        }

        return means;
    }

    /// <summary>A mean needs all coordinates: the mean of the data takes the place of missing ones.</summary>
    private void ReplaceMissing(Span<double> row)
    {
        for (int d = 0; d < row.Length; d++)
        {
            row[d] = double.IsNaN(row[d]) ? context.Summary.Mean[d] : row[d];
        }
    }

    /// <summary>Computes, for each mean, the squared distance to the nearest different mean, in standard deviations.</summary>
    private double[] NearestSquares(double[] means)
    {
        int dimension = context.Dimension;
        RowScaling scaling = new(context.Summary, DistanceUnit.Deviations);
        double[] scaled = new double[means.Length];
        double[] nearest = new double[context.Components];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        for (int k = 0; k < context.Components; k++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            Span<double> own = scaled.AsSpan(k * dimension, dimension);
            scaling.Apply(means.AsSpan(k * dimension, dimension), own);
            for (int j = 0; j < k; j++)
            {
                double distance = TensorPrimitives.Distance<double>(own, scaled.AsSpan(j * dimension, dimension));
                if (distance > 0)
                {
                    nearest[k] = Math.Min(nearest[k], distance * distance);
                    nearest[j] = Math.Min(nearest[j], distance * distance);
                }
            }
        }

        return nearest;
    }

    private double[] Variances(double nearestSquare)
    {
        double share = Math.Min(1.0 / context.Components, nearestSquare / context.Dimension);
        return [.. context.Summary.Deviation.Select(deviation => deviation * deviation * share)];
    }
}
