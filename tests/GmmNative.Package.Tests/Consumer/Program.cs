// A program that uses only the packages: trains from a given model, scores, and reports the backend.
// Arguments: BACKEND ROWS START ITERATIONS TEST-ROWS MODEL
using GmmNative;
using GmmNative.Interop;

if (!BackendNames.TryParse(args[0], out BackendKind kind))
{
    Console.Error.WriteLine($"There is no backend '{args[0]}'.");
    return 2;
}

BackendSelection selection = Backends.Select(kind);
GaussianMixture start = ModelFile.Load(args[2]);
ExecutionOptions execution = new() { Backend = selection.Backend };
GmmOptions options = new()
{
    Covariance = new() { Kind = start.Structure.Kind, BlockSizes = start.Structure.BlockSizes, VarianceFloor = 1e-6 },
    Stopping = new() { Iterations = int.Parse(args[3]), Tolerance = 0 },
    Update = new() { WeightFloor = 1e-5 },
    Execution = execution,
};
GaussianMixtureModeling estimator = new(start.Dimension - 1, start.ComponentCount, options);
estimator.SetParameters(start);
using IVectorSource rows = VectorFile.Open(args[1]);
using IVectorSource testRows = VectorFile.Open(args[4]);
GmmFitResult result = estimator.Fit(rows);
ModelFile.Save(result.Model, args[5]);

Console.WriteLine($"library {selection.Backend.Library}");
Console.WriteLine($"description {selection.Backend.Description}");
Console.WriteLine($"reason {Backends.Survey().Entries.Single(entry => entry.Kind == kind).Reason}");
Console.WriteLine($"total {result.TotalLogLikelihood:R}");
Console.WriteLine(
    $"densities {string.Join(' ', result.Model.LogDensities(testRows, execution).Select(d => d.ToString("R")))}");
return 0;
