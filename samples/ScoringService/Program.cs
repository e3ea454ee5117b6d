// A scoring service: log-densities, labels and posteriors of rows, from a model that is loaded again when its file changes.
//
//   dotnet run --project samples/ScoringService -c Release -- --model model.npz --urls http://127.0.0.1:5000
//
// samples/ScoringService/README.md describes the requests.
using System.Text.Json;
using GmmNative;
using ScoringService;

const int MaximumRows = 10_000;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
if (builder.Configuration["model"] is not { Length: > 0 } path)
{
    Console.Error.WriteLine("ScoringService: the model is missing; use --model FILE.");
    return 2;
}

builder.Services.AddGaussianMixture(path);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));
WebApplication app = builder.Build();
try
{
    // The model is loaded now, so that a wrong file ends the program at once.
    _ = app.Services.GetRequiredService<GaussianMixtureProvider>();
}
catch (ModelFileException e)
{
    Console.Error.WriteLine($"ScoringService: {e.Message}");
    return 1;
}

app.MapGet("/health", (LoadedMixture mixture) => new HealthResponse(
    "ok", mixture.Model.ComponentCount, mixture.Model.Dimension, mixture.Model.Columns, mixture.LoadedAt));
app.MapPost("/score", (HttpRequest request, LoadedMixture mixture) => Answer(request, mixture.Model, rows =>
{
    double?[] logDensities = new double?[rows.Length];
    int[] labels = new int[rows.Length];
    for (int i = 0; i < rows.Length; i++)
    {
        // JSON has no infinity.
        double logDensity = mixture.Scorer.LogDensity(rows[i]);
        logDensities[i] = double.IsFinite(logDensity) ? logDensity : null;
        labels[i] = mixture.Scorer.Label(rows[i]);
    }

    return Results.Ok(new ScoreResponse(logDensities, labels));
}));
app.MapPost("/posterior", (HttpRequest request, LoadedMixture mixture) => Answer(request, mixture.Model, rows =>
    Results.Ok(new PosteriorResponse(Array.ConvertAll(rows, row =>
    {
        double[] posterior = new double[mixture.Model.ComponentCount];
        mixture.Scorer.Posterior(row, posterior);
        return posterior;
    })))));
app.Run();
return 0;

// Reads the rows of a request and answers it: with 400 and one line if the rows are wrong.
static async Task<IResult> Answer(HttpRequest request, GaussianMixture model, Func<double[][], IResult> answer)
{
    ScoreRequest? body;
    try
    {
        body = await request.ReadFromJsonAsync(ServiceJson.Default.ScoreRequest, request.HttpContext.RequestAborted);
    }
    catch (Exception e) when (e is JsonException or InvalidOperationException)
    {
        return Wrong("The body is not JSON of the form {\"rows\": [[1.5, 2.5], ...]}"
            + (e is JsonException { Path: { Length: > 0 } where } ? $" (at {where})." : "."));
    }

    if (body?.Rows is not { Length: > 0 } rows)
    {
        return Wrong("'rows' is missing or empty.");
    }

    if (rows.Length > MaximumRows)
    {
        return Wrong($"There are {rows.Length} rows; send at most {MaximumRows} per request.");
    }

    int bad = Array.FindIndex(rows, row => row is null || row.Length != model.Dimension);
    return bad < 0 ? answer(rows) : Wrong(rows[bad] is null
        ? $"Row {bad + 1} is null."
        : $"Row {bad + 1} has {rows[bad].Length} numbers, but the model has dimension {model.Dimension}.");
}

static IResult Wrong(string error) => Results.BadRequest(new ErrorResponse(error));
