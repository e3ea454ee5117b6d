// Voice conversion in small: a joint model of source and target vectors, and the regression of the target on the source.
//
// Real conversion pairs the frames of two speakers saying the same. There is one speaker here, so the "target" is the frame
// that follows: predicting it takes the same steps, and the result can be checked.
using System.Globalization;
using GmmNative;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Size = 13;
using IVectorSource speech = VectorFile.Open(Path.Combine(AppContext.BaseDirectory, "speech-en-8k.npy"));
int frameCount = checked((int)speech.RowCount!.Value);
double[] frames = new double[frameCount * speech.Dimension];
using (IVectorReader reader = speech.OpenReader())
{
    for (int read = 0; read < frameCount; read += reader.Read(frames.AsSpan(read * speech.Dimension)))
    {
    }
}

// Row t of the joint data: [source; target], the first 13 numbers of two frames.
int count = frameCount - 1;
double[] joint = new double[count * 2 * Size];
double[] source = new double[count * Size];
for (int t = 0; t < count; t++)
{
    frames.AsSpan(t * speech.Dimension, Size).CopyTo(joint.AsSpan(t * 2 * Size));
    frames.AsSpan((t + 1) * speech.Dimension, Size).CopyTo(joint.AsSpan((t * 2 * Size) + Size));
    frames.AsSpan(t * speech.Dimension, Size).CopyTo(source.AsSpan(t * Size));
}

// Diagonal with two equal blocks: coordinate i of the source keeps its covariance with coordinate i of the target, no more.
GmmOptions options = new()
{
    Covariance = new() { Kind = CovarianceKind.Diagonal, BlockSizes = [Size, Size] },
    Stopping = new() { Iterations = 30 },
};
IVectorSource pairs = VectorSource.From(joint, 2 * Size);
GaussianMixtureModeling estimator = new(order: (2 * Size) - 1, mixtureCount: 16, options);
estimator.Warmup(pairs);
GmmFitResult fit = estimator.Fit(pairs);
Console.WriteLine($"{count} pairs, {fit.History.Count} iterations, {fit.AverageLogLikelihood:F3} nats per row");

double[,] converted = estimator.Transform(VectorSource.From(source, Size)).Converted!;
double error = 0, spread = 0;
for (int d = 0; d < Size; d++)
{
    double mean = Enumerable.Range(0, count).Average(t => Target(t, d));
    for (int t = 0; t < count; t++)
    {
        error += Math.Pow(Target(t, d) - converted[t, d], 2);
        spread += Math.Pow(Target(t, d) - mean, 2);
    }
}

Console.WriteLine($"the regression explains {1 - (error / spread):P1} of the target's variance");

double Target(int t, int d) => joint[(t * 2 * Size) + Size + d];
