// A program for ahead-of-time compilation: trains a mixture on generated rows, and reports the backend and the time per iteration.
//   dotnet publish samples/AheadOfTime -c Release -r linux-x64
// Arguments: [ROWS [DIMENSION [COMPONENTS [ITERATIONS]]]]
using System.Globalization;
using GmmNative;
using GmmNative.Interop;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rowCount = Argument(0, 20_000);
int dimension = Argument(1, 39);
int components = Argument(2, 64);
int iterations = Argument(3, 10);

// Rows around as many points as there are components.
Random random = new(1);
double[,] rows = new double[rowCount, dimension];
for (int t = 0; t < rowCount; t++)
{
    for (int i = 0; i < dimension; i++)
    {
        int point = t % components;
        rows[t, i] = (3 * Math.Sin((point * dimension) + i)) + random.NextDouble() + random.NextDouble() - 1;
    }
}

GmmOptions options = new()
{
    Start = new() { Method = InitializationMethod.Random },
    Stopping = new() { Iterations = iterations, Tolerance = 0 },
    Execution = new ExecutionOptions { Backend = Backends.Managed },
};
GmmFitResult result = new GaussianMixtureTrainer(components, options).Fit(rows);

// The first iteration is not representative: it brings the memory into the caches.
double seconds = result.History.Skip(1).Select(iteration => iteration.Elapsed.TotalSeconds).Order().ElementAt((iterations - 1) / 2);
Console.WriteLine(result.Diagnostics.Backend);
Console.WriteLine($"{result.RowCount} rows of dimension {dimension}, {components} components: {1000 * seconds:F1} ms per iteration");
Console.WriteLine($"average log-likelihood {result.AverageLogLikelihood:F6} nats");

int Argument(int place, int otherwise) =>
    args.Length > place ? int.Parse(args[place], NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
