// Sends requests to samples/ScoringService and reports requests per second and latencies.
//
//   dotnet run -c Release --project bench/ScoringLoad -- http://127.0.0.1:5000 [ROWS [CONNECTIONS [SECONDS]]]
//
// ROWS is the number of rows per request [1], CONNECTIONS the number of concurrent requests [16], SECONDS the time measured [10]. The load
// comes
// from the same machine, so the service has only a part of the processors.
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

if (args.Length is 0 or > 4)
{
    await Console.Error.WriteLineAsync("ScoringLoad: the arguments are URL [ROWS [CONNECTIONS [SECONDS]]].");
    return 2;
}

int rows = Number(1, 1);
int connections = Number(2, 16);
int seconds = Number(3, 10);
using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(args[0]) };
using JsonDocument health = JsonDocument.Parse(await client.GetStringAsync(new Uri("/health", UriKind.Relative)));
int dimension = health.RootElement.GetProperty("dimension").GetInt32();
byte[] body = Body(rows, dimension);
await Send(TimeSpan.FromSeconds(3));
List<double>[] latencies = await Send(TimeSpan.FromSeconds(seconds));
double[] all = [.. latencies.SelectMany(list => list).Order()];
double each = all.Length / (double)seconds;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"K {health.RootElement.GetProperty("components")}, D {dimension}, {rows} rows per request, {connections} connections: "
    + $"{each:F0} requests/s, "
    + $"{each * rows:F0} rows/s, median {all[all.Length / 2]:F2} ms, 99% {all[all.Length * 99 / 100]:F2} ms"));
return 0;

int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;

async Task<List<double>[]> Send(TimeSpan time)
{
    Stopwatch clock = Stopwatch.StartNew();
    return await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
    {
        List<double> taken = [];
        while (clock.Elapsed < time)
        {
            long start = Stopwatch.GetTimestamp();
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await client.PostAsync(new Uri("/score", UriKind.Relative), content);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return taken;
    })));
}

static byte[] Body(int rows, int dimension)
{
    StringBuilder text = new("{\"rows\":[");
    for (int i = 0; i < rows; i++)
    {
        IEnumerable<string> numbers = Enumerable.Range(0, dimension)
            .Select(j => Math.Sin((i * dimension) + j).ToString("F4", CultureInfo.InvariantCulture));
        text.Append(i == 0 ? "[" : ",[").AppendJoin(',', numbers).Append(']');
    }

    return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
}
