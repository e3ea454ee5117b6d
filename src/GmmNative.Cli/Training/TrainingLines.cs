using System.Diagnostics;
using System.Globalization;
using GmmNative.Cli.Options;

namespace GmmNative.Cli.Training;

/// <summary>
/// Plain lines, for logs. Where they would be silent for a minute, one says with the time of day how far the training is.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="verbosity">How much.</param>
/// <param name="silence">How long there may be no line [a minute].</param>
internal sealed class TrainingLines(TextWriter writer, ConsoleVerbosity verbosity, TimeSpan? silence = null)
    : TrainingDisplay, IProgress<EmIteration>
{
    // A log wants to show that work goes on, not every chunk.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _silence = silence ?? TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly IterationText _text = new();
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private string _state = "reading";

    public override T Run<T>(Func<IProgress<EmIteration>, T> work)
    {
        if (verbosity == ConsoleVerbosity.Silent)
        {
            return work(this);
        }

        // A clock of its own: a long computation reports nothing.
        using Timer timer = new(_ => Remind(), null, _silence, _silence);
        return work(this);
    }

    public override void Leave()
    {
        // Lines leave a terminal as it is.
    }

    public void Report(EmIteration value)
    {
        lock (_lock)
        {
            string place = value.Phase == TrainingPhase.Em
                ? $"iteration {value.Iteration}"
                : $"initialisation, {value.Components} components, iteration {value.Iteration}";
            if (value.IsComplete)
            {
                _state = value.Phase == TrainingPhase.Em
                    ? $"{place}: average log-likelihood {_text.Em(value)}"
                    : $"{place}: {IterationText.Initialization(value)}";
                WriteIf(verbosity >= ConsoleVerbosity.Iterations);
            }
            else
            {
                _state = value.RowCount is { } all ? $"{place}: {value.Rows} of {all} rows" : $"{place}: {value.Rows} rows";
                WriteIf(verbosity >= ConsoleVerbosity.Progress && _sinceLine.Elapsed >= Pause);
            }
        }
    }

    private void Remind()
    {
        if (!_lock.TryEnter())
        {
            // A line is being written.
            return;
        }

        try
        {
            if (_sinceLine.Elapsed >= 0.9 * _silence)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {_state}"));
                _sinceLine.Restart();
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void WriteIf(bool wanted)
    {
        if (wanted)
        {
            writer.WriteLine(_state);
            _sinceLine.Restart();
        }
    }
}
