using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using Spectre.Console;

namespace GmmNative.Cli.Training;

/// <summary>
/// A live progress bar on a terminal: the initialization, then EM. With <c>-v</c> it also prints one line per iteration above the bar.
/// </summary>
internal sealed class TrainingBar(IAnsiConsole console, ConsoleVerbosity verbosity) : TrainingDisplay, IProgress<EmIteration>
{
    private const int BarWidth = 24;

    private readonly Lock _lock = new();
    private readonly IterationText _text = new();
    private readonly StatusColumn _status = new();
    private ProgressTask? _task;

    public override T Run<T>(Func<IProgress<EmIteration>, T> work)
    {
        Progress progress = console.Progress().AutoClear(true).ExcludeVerticalPadding().Columns(
            new SpinnerColumn(Spinner.Known.Line),
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = BarWidth },
            _status);
        return progress.Start(context =>
        {
            _task = context.AddTask("reading", maxValue: 1);
            return work(this);
        });
    }

    public override void Leave() => DroppedOutputs.InTime(() =>
    {
        console.Cursor.Show(true);
        console.WriteLine();
    });

    public void Report(EmIteration value)
    {
        lock (_lock)
        {
            bool em = value.Phase == TrainingPhase.Em;
            string place = em ? $"EM {value.Iteration}/{value.IterationLimit}" : $"initialize {value.Components}";
            _task!.Description = place;
            _task.MaxValue = value.IterationLimit;
            _task.Value = Done(value);
            if (!value.IsComplete)
            {
                return;
            }

            string text = em ? _text.Em(value) : IterationText.Initialization(value);
            _status.Text = text;
            if (verbosity >= ConsoleVerbosity.Iterations)
            {
                console.WriteLine(em
                    ? $"iteration {value.Iteration}: average log-likelihood {text}"
                    : $"initialization, {value.Components} components, iteration {value.Iteration}: {text}");
            }
        }
    }

    private static double Done(EmIteration value) => value switch
    {
        { IsComplete: true } => value.Iteration,
        { RowCount: > 0 and { } all } => value.Iteration - 1 + Math.Min(1, (double)value.Rows / all),
        _ => value.Iteration - 1,
    };
}
