using System.Diagnostics;
using System.Globalization;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using Spectre.Console;

namespace GmmNative.Cli.Selection;

/// <summary>
/// Records the complete rows of a selection, and shows the progress on standard error: a bar on a terminal; a line per model with
/// <c>-v</c>; elsewhere, after a minute without a line, one line with the time of day.
/// </summary>
internal sealed class SelectionProgress(SelectionSettings settings) : IProgress<ModelSelectionRow>
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly int _all = settings.Selection.Components.Count * settings.Selection.Covariances.Count;
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private readonly List<ModelSelectionRow> _rows = [];
    private ModelSelectionRow? _best;
    private IAnsiConsole? _terminal;
    private ProgressTask? _task;

    /// <summary>Runs the work and shows its reports. Reports may come from any thread.</summary>
    public T Run<T>(Func<IProgress<ModelSelectionRow>, T> work)
    {
        IAnsiConsole console = Consoles.Error();
        if (settings.Verbosity == ConsoleVerbosity.Silent)
        {
            return work(this);
        }

        if (console.Profile.Capabilities is { Interactive: true, Ansi: true })
        {
            _terminal = console;
            return console.Progress().AutoClear(true).ExcludeVerticalPadding().Columns(
                new SpinnerColumn(Spinner.Known.Line),
                new ProgressBarColumn { Width = BarWidth },
                new TaskDescriptionColumn { Alignment = Justify.Left }).Start(context =>
                {
                    _task = context.AddTask("reading", maxValue: _all);
                    return work(this);
                });
        }

        using Timer timer = new(_ => Remind(), null, Silence, Silence);
        return work(this);
    }

    /// <summary>Restores the terminal while the work is still running, because the program ends without waiting for it.</summary>
    public void Leave() => DroppedOutputs.InTime(() =>
    {
        _terminal?.Cursor.Show(true);
        _terminal?.WriteLine();
    });

    /// <inheritdoc/>
    public void Report(ModelSelectionRow value)
    {
        lock (_lock)
        {
            _rows.Add(value with { Model = null });
            if (value.CanBeChosen(settings.Selection.Criterion)
                && (_best is null || value.IsBetterThan(_best, settings.Selection.Criterion)))
            {
                _best = value;
            }

            string state = $"{_rows.Count} of {_all} models";
            if (_task is not null)
            {
                _task.Value = _rows.Count;
                _task.Description = $"{state}, last {value.ToString().EscapeMarkup()}";
            }

            if (settings.Verbosity >= ConsoleVerbosity.Iterations)
            {
                string line = string.Create(CultureInfo.InvariantCulture, $"{state}: {value}, {value.Elapsed.TotalSeconds:F2} s");
                if (_terminal is null)
                {
                    Console.Error.WriteLine(line);
                }
                else
                {
                    _terminal.WriteLine(line);
                }

                _sinceLine.Restart();
            }
        }
    }

    /// <summary>Returns the complete rows as a result, or <see langword="null"/> if there are none.</summary>
    /// <param name="rows">The data.</param>
    public ModelSelectionResult? Complete(IVectorSource rows)
    {
        lock (_lock)
        {
            if (_rows.Count == 0)
            {
                return null;
            }

            IReadOnlyList<CovarianceKind> kinds = settings.Selection.Covariances;
            ModelSelectionRow? best = _best is null ? null : _best with { Model = null };
            return new ModelSelectionResult
            {
                Criterion = settings.Selection.Criterion,
                Rows = [.. _rows.OrderBy(row => row.Components).ThenBy(row => kinds.ToList().IndexOf(row.Covariance))],
                Best = best,
                Model = _best?.Model,
                IsCancelled = true,
                RowCount = rows.RowCount ?? 0,
                TotalWeight = rows.RowCount ?? 0,
                Elapsed = _clock.Elapsed,
            };
        }
    }

    private void Remind()
    {
        lock (_lock)
        {
            if (_sinceLine.Elapsed >= 0.9 * Silence)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {_rows.Count} of {_all} models"));
                _sinceLine.Restart();
            }
        }
    }
}
