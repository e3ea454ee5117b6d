namespace GmmNative.Cli.Training;

/// <summary>Describes iterations in text. Stores the previous log-likelihood to show the change.</summary>
internal sealed class IterationText
{
    private double _previous = double.NaN;

    /// <summary>Describes a complete iteration of EM: <c>-104.1234 nats, change 0.0123, 0.31 s</c>.</summary>
    public string Em(EmIteration iteration)
    {
        double average = iteration.AverageLogLikelihood;
        string change = double.IsNaN(_previous) ? "" : FormattableString.Invariant($", change {average - _previous:G3}");
        string rejected = iteration.IsRejected ? ", rejected" : "";
        _previous = iteration.IsRejected ? _previous : average;
        return FormattableString.Invariant($"{average:F4} nats{change}{rejected}, {iteration.Elapsed.TotalSeconds:F2} s");
    }

    /// <summary>Describes a complete iteration of the initialization.</summary>
    public static string Initialization(EmIteration iteration) => double.IsNaN(iteration.AverageDistance)
        ? FormattableString.Invariant($"{iteration.Elapsed.TotalSeconds:F2} s")
        : FormattableString.Invariant($"average distance {iteration.AverageDistance:G6}, {iteration.Elapsed.TotalSeconds:F2} s");
}
