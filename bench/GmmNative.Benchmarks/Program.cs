using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using GmmNative.Benchmarks;
using GmmNative.Interop;

// --check runs every benchmark once, so that they are known to work; without it BenchmarkDotNet asks which to run, or takes --filter.
bool check = args.Contains("--check");
string[] rest = [.. args.Where(arg => arg != "--check")];
foreach (BackendSurveyEntry entry in Backends.Survey().Entries)
{
    Console.WriteLine(entry.Backend?.Description ?? entry.Reason);
}

IConfig config = DefaultConfig.Instance.AddColumn(new RateColumn());
if (check)
{
    config = config.AddJob(Job.Dry);
    rest = rest.Length == 0 ? ["--filter", "*"] : rest;
}

return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, config).Any(summary => summary.HasCriticalValidationErrors
    || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
