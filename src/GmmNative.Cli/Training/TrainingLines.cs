using System.Diagnostics;
using GmmNative.Cli.Options;

namespace GmmNative.Cli.Training;

/// <summary>Plain lines, for logs.</summary>
internal sealed class TrainingLines(TextWriter writer, Loudness loudness) : TrainingDisplay, IProgress<EmIteration>
{
    // A log wants to show that work goes on, not every chunk.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly IterationText _text = new();
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();

    public override T Run<T>(Func<IProgress<EmIteration>, T> work) => work(this);

    public void Report(EmIteration value)
    {
        if (loudness < Loudness.Iterations)
        {
            return;
        }

        lock (_lock)
        {
            string place = value.Phase == TrainingPhase.Em
                ? $"iteration {value.Iteration}"
                : $"initialisation, {value.Components} components, iteration {value.Iteration}";
            if (value.IsComplete)
            {
                writer.WriteLine(value.Phase == TrainingPhase.Em
                    ? $"{place}: average log-likelihood {_text.Em(value)}"
                    : $"{place}: {IterationText.Initialization(value)}");
                _sinceLine.Restart();
            }
            else if (loudness >= Loudness.Progress && _sinceLine.Elapsed >= Pause)
            {
                writer.WriteLine(value.RowCount is { } all ? $"{place}: {value.Rows} of {all} rows" : $"{place}: {value.Rows} rows");
                _sinceLine.Restart();
            }
        }
    }
}
