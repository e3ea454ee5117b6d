using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>Anomalies: <c>--threshold --training --anomalies</c>.</summary>
internal sealed class ThresholdOptions
{
    private readonly Option<Amount?> _threshold = OptionFactory.NumberOrPercent(
        "--threshold",
        "NATS|Q%",
        "Rows with a lower result are anomalies: a number, or the Q-th percentile of the results of the --training file.",
        double.MinValue);

    private readonly Option<string?> _training = OptionFactory.File(
        "--training", "FILE", "Vectors that determine a threshold in percent, usually the training data.");

    private readonly Option<string?> _anomalies = OptionFactory.File(
        "--anomalies", "FILE", "1 for each anomaly and 0 for each other row: .npy, .csv, .tsv, .i32, .raw.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_threshold);
        command.Add(_training);
        command.Add(_anomalies);
    }

    /// <summary>The file of the vectors that determine the threshold, or <see langword="null"/>.</summary>
    public string? Training(ParseResult parse) => parse.GetValue(_training);

    /// <summary>The file of the anomalies, or <see langword="null"/>.</summary>
    public string? Anomalies(ParseResult parse) => parse.GetValue(_anomalies);

    /// <summary>Returns the threshold, or <see langword="null"/> if there is none.</summary>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public Amount? Read(ParseResult parse)
    {
        Amount? threshold = parse.GetValue(_threshold);
        if (threshold is null && (Anomalies(parse) ?? Training(parse)) is not null)
        {
            string given = Anomalies(parse) is null ? "--training" : "--anomalies";
            throw new UsageException($"{given}: requires a threshold; add --threshold NATS or --threshold Q%");
        }

        if (threshold is { IsPercent: true } && Training(parse) is null)
        {
            throw new UsageException("--threshold: a percentage requires the vectors that it refers to; add --training FILE");
        }

        return threshold is { IsPercent: false } && Training(parse) is not null
            ? throw new UsageException("--training: serves only a --threshold in percent; omit it, or write the threshold as Q%")
            : threshold;
    }
}
