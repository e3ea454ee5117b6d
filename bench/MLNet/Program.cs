// Gaussian mixtures in ML.NET beside ML.NET's own k-means: the same rows, the same number of clusters, the same process.
//
//   dotnet run -c Release --project bench/MLNet [-- --check] [ROWS] [CLUSTERS]
using System.Diagnostics;
using System.Globalization;
using GmmNative;
using GmmNative.ML;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool check = args.Contains("--check");
int[] sizes = [.. args.Where(word => word != "--check").Select(int.Parse)];
int rowCount = sizes.Length > 0 ? sizes[0] : check ? 500 : 100_000;
int clusters = sizes.Length > 1 ? sizes[1] : check ? 4 : 64;

MLContext mlContext = new(seed: 1);
IDataView data = mlContext.Data.LoadFromEnumerable(MakeRows(rowCount, clusters));
KMeansTrainer kMeans = mlContext.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = clusters });
GmmOptions oneThread = new() { Execution = new() { Threads = 1 } };
GmmOptions quickStart = new()
{
    Start = new() { Method = InitializationMethod.KMeansPlusPlus },
    Stopping = new() { Tolerance = 1e-3 },
};
GmmOptions tenIterations = new() { Stopping = new() { Iterations = 10, Tolerance = 0 } };

Console.WriteLine($"{rowCount} rows of dimension {Row.Dimension}, {clusters} clusters, {Environment.ProcessorCount} processors");
Console.WriteLine("training                                     seconds  iterations     NMI   scoring, us per row");
for (int round = 0; round < (check ? 1 : 2); round++)
{
    Report("ML.NET k-means (half of the processors)", kMeans);
    Report("Gaussian mixture", Mixture(new()));
    Report("Gaussian mixture, 1 thread", Mixture(oneThread));
    Report("Gaussian mixture, k-means++, 1e-3", Mixture(quickStart));
    Report("Gaussian mixture, 10 iterations", Mixture(tenIterations));
}

return 0;

GaussianMixtureEstimator Mixture(GmmOptions training) =>
    mlContext.Clustering.Trainers.GaussianMixture(new() { NumberOfComponents = clusters, Training = training });

void Report(string name, IEstimator<ITransformer> estimator)
{
    Stopwatch watch = Stopwatch.StartNew();
    ITransformer transformer = estimator.Fit(data);
    double training = watch.Elapsed.TotalSeconds;
    string iterations = (transformer as GaussianMixtureTransformer)?.FitResult?.History.Count.ToString(CultureInfo.CurrentCulture) ?? "-";

    watch.Restart();
    uint sum = 0;
    foreach (uint label in transformer.Transform(data).GetColumn<uint>("PredictedLabel"))
    {
        sum += label;
    }

    double scoring = watch.Elapsed.TotalMicroseconds / rowCount;
    double information = mlContext.Clustering.Evaluate(transformer.Transform(data), "Label").NormalizedMutualInformation;
    if (sum < rowCount)
    {
        throw new InvalidOperationException("Labels start at 1.");
    }

    Console.WriteLine($"{name,-42} {training,9:F2} {iterations,11} {information,7:F4} {scoring,21:F2}");
}

// Clusters that overlap, with different scales in each coordinate.
static Row[] MakeRows(int count, int clusters)
{
    Random random = new(1);
    double[] centers = [.. Enumerable.Range(0, clusters * Row.Dimension).Select(_ => 1.2 * Normal(random))];
    double[] scales = [.. Enumerable.Range(0, clusters * Row.Dimension).Select(_ => 0.5 + random.NextDouble())];
    Row[] rows = new Row[count];
    for (int t = 0; t < count; t++)
    {
        int cluster = random.Next(clusters);
        float[] features = new float[Row.Dimension];
        for (int d = 0; d < Row.Dimension; d++)
        {
            int place = (cluster * Row.Dimension) + d;
            features[d] = (float)(centers[place] + (scales[place] * Normal(random)));
        }

        rows[t] = new Row { Features = features, Label = (uint)cluster + 1 };
    }

    return rows;
}

static double Normal(Random random) =>
    Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
