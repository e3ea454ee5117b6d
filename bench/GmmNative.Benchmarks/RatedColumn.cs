using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GmmNative.Benchmarks;

/// <summary>A figure that follows from a benchmark's work and its median time.</summary>
/// <param name="name">Head of the column.</param>
/// <param name="legend">What it is.</param>
/// <param name="priority">Place among such columns.</param>
/// <param name="figure">The figure, of the work and the rate in GFLOP/s.</param>
public sealed class RatedColumn(string name, string legend, int priority, Func<Work, double, string> figure) : IColumn
{
    /// <summary>GFLOP/s.</summary>
    public static RatedColumn Rate { get; } = new(
        "GFLOP/s", "Floating-point operations by median time", 0, (_, rate) => rate.ToString("F1", CultureInfo.InvariantCulture));

    /// <summary>Share of <see cref="PeakRate"/>.</summary>
    public static RatedColumn PeakShare { get; } = new(
        "Peak", "That by the fastest backend's rate in a matrix product, same precision and threads, measured in the same process", 1,
        (work, rate) => (rate / PeakRate.Of(work.Precision, work.Threads)).ToString("P0", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public string Id => nameof(RatedColumn) + name;

    /// <inheritdoc/>
    public string ColumnName => name;

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Metric;

    /// <inheritdoc/>
    public int PriorityInCategory => priority;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => legend;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? median = summary[benchmarkCase]?.ResultStatistics?.Median;
        if (median is null || Activator.CreateInstance(benchmarkCase.Descriptor.Type) is not IRated rated)
        {
            return "-";
        }

        foreach (ParameterInstance parameter in benchmarkCase.Parameters.Items)
        {
            benchmarkCase.Descriptor.Type.GetProperty(parameter.Name)?.SetValue(rated, parameter.Value);
        }

        // Operations a nanosecond are GFLOP/s.
        return rated.WorkOf(benchmarkCase.Descriptor.WorkloadMethod.Name) is { } work ? figure(work, work.Operations / median.Value) : "-";
    }

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;
}
