using GmmNative.TestSupport;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Tests;

/// <summary>Rows of three clusters in two columns, in the forms of the library and of ML.NET.</summary>
internal static class Samples
{
    public const int Dimension = 2;

    /// <summary>The centers of the clusters.</summary>
    private static readonly double[,] Centers = { { 0, 0 }, { 8, 1 }, { 3, 9 } };

    /// <summary>Returns the rows, the same in each call. All numbers are exact in single precision.</summary>
    public static Observation[] Observations(int count = 600, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int cluster = random.Next(3);
            float[] features = [.. Enumerable.Range(0, Dimension).Select(d => (float)(Centers[cluster, d] + Noise(random)))];
            return new Observation { Features = features, Weight = 1 + random.Next(3), Label = (uint)cluster + 1 };
        })];
    }

    /// <summary>Returns the features as the library takes them.</summary>
    public static double[][] Rows(Observation[] observations) =>
        [.. observations.Select(observation => Array.ConvertAll(observation.Features, value => (double)value))];

    /// <summary>Returns the path of the eruptions of Old Faithful.</summary>
    public static string Faithful => Path.Combine(TestData.Root, "samples", "data", "faithful.csv");

    /// <summary>Loads the eruptions of Old Faithful, as two columns of Single.</summary>
    public static IDataView LoadFaithful(MLContext mlContext) => mlContext.Data.LoadFromTextFile(
        Faithful, [new("Eruptions", DataKind.Single, 0), new("Waiting", DataKind.Single, 1)], separatorChar: ',', hasHeader: true);

    private static double Noise(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
