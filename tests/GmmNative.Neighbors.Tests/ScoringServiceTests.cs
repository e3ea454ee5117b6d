using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Neighbors.Tests;

/// <summary>samples/ScoringService as a process, over HTTP.</summary>
[Trait("Lane", "Slow")]
public sealed partial class ScoringServiceTests : IAsyncLifetime
{
    private static readonly GaussianMixture Model = new GaussianMixture(
        new CovarianceStructure(CovarianceKind.Diagonal, 2), [0.25, 0.75], [0, 1, 4, 5], [1, 2, 3, 4]).WithColumns(["x", "y"]);

    private readonly TestFolder _folder = new();
    private Process? _process;
    private HttpClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Program
    {
        get
        {
            // <root>/tests/<project>/bin/<configuration>/net10.0/
            string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            return Path.Combine(TestData.Root, "samples", "ScoringService", "bin", configuration, "net10.0", "ScoringService.dll");
        }
    }

    public async ValueTask InitializeAsync()
    {
        ModelFile.Save(Model, _folder["model.npz"]);
        _process = Start("--model", _folder["model.npz"], "--urls", "http://127.0.0.1:0");
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        string? line;
        while ((line = await _process.StandardOutput.ReadLineAsync(Token)) is not null)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                _client = new HttpClient { BaseAddress = new Uri(match.Value) };
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("The service ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Answers_AreThoseOfTheModel()
    {
        MixtureScorer scorer = Model.CreateScorer();
        JsonElement health = await _client!.GetFromJsonAsync<JsonElement>("/health", Token);
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal((2, 2), (health.GetProperty("components").GetInt32(), health.GetProperty("dimension").GetInt32()));
        Assert.Equal(["x", "y"], health.GetProperty("columns").EnumerateArray().Select(name => name.GetString()));

        JsonElement score = await Post("/score", "{\"rows\":[[0.5,1],[4,5.5],[1e200,0]]}", HttpStatusCode.OK);
        JsonElement densities = score.GetProperty("logDensities");
        Assert.Equal(scorer.LogDensity([0.5, 1]), densities[0].GetDouble());
        Assert.Equal(scorer.LogDensity([4, 5.5]), densities[1].GetDouble());
        Assert.Equal(JsonValueKind.Null, densities[2].ValueKind);
        Assert.Equal([0, 1], score.GetProperty("labels").EnumerateArray().Take(2).Select(label => label.GetInt32()));

        double[] expected = new double[2];
        scorer.Posterior([0.5, 1], expected);
        JsonElement posterior = await Post("/posterior", "{\"rows\":[[0.5,1]]}", HttpStatusCode.OK);
        Assert.Equal(expected, posterior.GetProperty("posteriors")[0].EnumerateArray().Select(value => value.GetDouble()));
    }

    [Fact]
    public async Task WrongRows_AreOneClearError()
    {
        const string NotJson = "The body is not JSON of the form {\"rows\": [[1.5, 2.5], ...]}";
        (string Body, string Error)[] wrong =
        [
            ("{\"rows\":[[1,2],[3]]}", "Row 2 has 1 numbers, but the model has dimension 2."),
            ("{\"rows\":[null]}", "Row 1 is null."),
            ("{\"rows\":[]}", "'rows' is missing or empty."),
            ("{}", "'rows' is missing or empty."),
            ("{\"rows\":[[1,\"x\"]]}", $"{NotJson} (at $.rows[0][1])."),
            ("{\"rows\":[[1,NaN]]}", $"{NotJson} (at $.rows[0][1])."),
            ("", $"{NotJson} (at $)."),
        ];
        foreach ((string body, string error) in wrong)
        {
            foreach (string path in (string[])["/score", "/posterior"])
            {
                JsonElement answer = await Post(path, body, HttpStatusCode.BadRequest);
                Assert.Equal(error, answer.GetProperty("error").GetString());
            }
        }
    }

    [Fact]
    public async Task NewFile_IsInUseWithoutARestart()
    {
        GaussianMixture other = new(new CovarianceStructure(CovarianceKind.Diagonal, 2), [1], [7, 8], [1, 1]);
        ModelFile.Save(other, _folder["model.npz"]);
        JsonElement health;
        do
        {
            health = await _client!.GetFromJsonAsync<JsonElement>("/health", Token);
        }
        while (health.GetProperty("components").GetInt32() != 1);

        JsonElement score = await Post("/score", "{\"rows\":[[7,8]]}", HttpStatusCode.OK);
        Assert.Equal(other.CreateScorer().LogDensity([7, 8]), score.GetProperty("logDensities")[0].GetDouble());
    }

    [Theory]
    [InlineData(2, "ScoringService: the model is missing; use --model FILE.")]
    [InlineData(1, "ScoringService: ", "--model", "missing.npz")]
    public async Task Start_WrongModel_EndsWithOneLine(int exitCode, string start, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(Token);
        string error = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(exitCode, process.ExitCode);
        Assert.StartsWith(start, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(await output);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private async Task<JsonElement> Post(string path, string body, HttpStatusCode status)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client!.PostAsync(path, content, Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == status, text);
        return JsonElement.Parse(text);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
