using System.Diagnostics;
using System.Globalization;
using GmmNative.Cli.Options;

namespace GmmNative.Cli.Training;

/// <summary>
/// Plain lines, for logs. After a minute without a line, one line shows the time of day and the progress of the training.
/// </summary>
/// <param name="writer">The writer of the lines.</param>
/// <param name="verbosity">How much to write.</param>
/// <param name="silence">The maximum time without a line. The default is one minute.</param>
internal sealed class TrainingLines(TextWriter writer, ConsoleVerbosity verbosity, TimeSpan? silence = null)
    : TrainingDisplay, IProgress<EmIteration>
{
    // A log needs to show that the work continues, not every chunk.
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

        // A timer is needed because a long computation reports nothing.
        using Timer timer = new(_ => Remind(), null, _silence, _silence);
        return work(this);
    }

    public override void Leave()
    {
        // Plain lines do not change the state of the terminal.
    }

    public void Report(EmIteration value)
    {
        lock (_lock)
        {
            string place = value.Phase == TrainingPhase.Em
                ? $"iteration {value.Iteration}"
                : $"initialization, {value.Components} components, iteration {value.Iteration}";
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
            // Another thread is writing a line.
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
