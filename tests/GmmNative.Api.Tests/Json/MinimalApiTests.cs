using System.Net;
using System.Net.Http.Json;
using GmmNative.Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GmmNative.Api.Tests.Json;

/// <summary>Models and results as responses of a web server, and a model as a request.</summary>
public sealed class MinimalApiTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endpoint_ModelOrResult_Answers200(bool isGenerated)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (isGenerated)
        {
            builder.Services.ConfigureHttpJsonOptions(
                options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, GmmJsonContext.Default));
        }

        await using WebApplication app = builder.Build();
        app.MapGet("/model", () => Results.Ok(Samples.Model));
        app.MapGet("/result", () => Samples.Result);
        app.MapPost("/dimension", (GaussianMixture model) => Results.Text($"{model.Dimension}"));
        await app.StartAsync(token);
        using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };

        GaussianMixture? model = await client.GetFromJsonAsync<GaussianMixture>("/model", token);
        Assert.Equal(Samples.Model.Means.ToArray(), model!.Means.ToArray());
        using HttpResponseMessage result = await client.GetAsync("/result", token);
        Assert.Equal(HttpStatusCode.OK, result.StatusCode);
        Assert.Contains("\"totalLogLikelihood\":", await result.Content.ReadAsStringAsync(token), StringComparison.Ordinal);

        using HttpResponseMessage posted = await client.PostAsJsonAsync("/dimension", Samples.Model, token);
        Assert.Equal("3", await posted.Content.ReadAsStringAsync(token));
        using StringContent wrong = new("{\"weights\":[1]}", null, "application/json");
        using HttpResponseMessage refused = await client.PostAsync("/dimension", wrong, token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await app.StopAsync(token);
    }
}
