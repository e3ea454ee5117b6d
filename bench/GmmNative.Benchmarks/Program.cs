// Benchmarks of the dense operations and of an EM iteration, with GFLOP/s and the share of the machine's peak.
//
//   dotnet run -c Release --project bench/GmmNative.Benchmarks -- --filter '*Product*'   those whose names match; without --filter it asks
//   dotnet run -c Release --project bench/GmmNative.Benchmarks -- --list flat            their names
//   dotnet run -c Release --project bench/GmmNative.Benchmarks -- --check                each once, on few rows, to prove that they run
//   dotnet run -c Release --project bench/GmmNative.Benchmarks -- --scorer               eight threads on one scorer, ten million rows
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GmmNative;
using GmmNative.Benchmarks;
using GmmNative.Interop;

CheckMode.IsOn = args.Contains(CheckMode.Argument);
if (args.Contains(ScorerEndurance.Argument))
{
    return ScorerEndurance.Run();
}

string[] rest = [.. args.Where(argument => argument != CheckMode.Argument)];
foreach (BackendSurveyEntry entry in Backends.Survey().Entries)
{
    Console.WriteLine(entry.Backend?.Description ?? entry.Reason);
}

// All in this process, so that the peak is that of the process which is measured.
Job job = CheckMode.IsOn ? Job.Dry : Job.Default;
IConfig config = ManualConfig.CreateEmpty()
    .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddColumn(RatedColumn.Rate, RatedColumn.PeakShare)
    .AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()])
    .AddValidator([.. DefaultConfig.Instance.GetValidators()])
    .AddExporter([.. DefaultConfig.Instance.GetExporters()])
    .AddLogger(CheckMode.IsOn ? NullLogger.Instance : ConsoleLogger.Default)
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40));
if (CheckMode.IsOn)
{
    config = config.WithOptions(ConfigOptions.DisableLogFile).WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "check"));
    rest = rest.Length == 0 ? ["--filter", "*"] : rest;
}
else
{
    foreach ((Precision precision, int threads) in from precision in Enum.GetValues<Precision>()
                                                   from threads in (int[])[1, Environment.ProcessorCount]
                                                   select (precision, threads))
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"peak, {precision} precision, {threads} threads: {PeakRate.Of(precision, threads):F1} GFLOP/s"));
    }
}

Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, config)];
BenchmarkReport[] reports = [.. summaries.SelectMany(summary => summary.Reports)];
BenchmarkReport[] failed = [.. reports.Where(report => !report.Success)];
foreach (BenchmarkReport report in failed)
{
    Console.Error.WriteLine($"failed: {report.BenchmarkCase.DisplayInfo}");
}

if (CheckMode.IsOn)
{
    Console.WriteLine($"{reports.Length - failed.Length} benchmarks ran, {failed.Length} failed");
}

return failed.Length > 0 || summaries.Any(summary => summary.HasCriticalValidationErrors) || (CheckMode.IsOn && reports.Length == 0)
    ? 1 : 0;
