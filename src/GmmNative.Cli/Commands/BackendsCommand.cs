using System.CommandLine;
using System.Text.Json;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Output;
using GmmNative.Interop;
using Spectre.Console;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm backends</c>: lists the available backends, the reasons why others are unavailable, and the choice of auto.</summary>
internal sealed class BackendsCommand : GmmCommand
{
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON.", Arity = ArgumentArity.Zero };

    public BackendsCommand()
        : base(
            "backends",
            "List the available backends, why others are unavailable, and which one auto picks.",
            "gmm backends",
            "GMMNATIVE_BLAS_PATH=/opt/blas/libopenblas.so gmm backends")
    {
        Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        BackendSurvey survey = UsageException.Guard(() => Backends.Survey());
        if (parse.GetValue(_json))
        {
            JsonText.Print(json => Write(json, survey));
        }
        else
        {
            Show(Consoles.Output(), survey);
        }

        return ExitCode.Success;
    }

    private static void Write(Utf8JsonWriter json, BackendSurvey survey)
    {
        json.WriteStartObject();
        json.WriteString("chosen", survey.Chosen.Backend.Name);
        json.WriteStartArray("backends");
        foreach (BackendSurveyEntry entry in survey.Entries)
        {
            json.WriteStartObject();
            json.WriteString("name", BackendNames.NameOf(entry.Kind));
            json.WriteBoolean("available", entry.Backend is not null);
            json.WriteString("library", entry.Backend?.Library);
            json.WriteString("version", entry.Backend?.Version);
            json.WriteString("reason", entry.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Show(IAnsiConsole console, BackendSurvey survey)
    {
        Table table = Consoles.Table("backend", "available", "version", "library or reason");
        foreach (BackendSurveyEntry entry in survey.Entries)
        {
            bool available = entry.Backend is not null;
            table.AddRow(
                new Text(BackendNames.NameOf(entry.Kind)),
                new Text(available ? "yes" : "no", available ? Color.Green : Color.Yellow),
                new Text(entry.Backend?.Version ?? ""),
                new Text(entry.Backend?.Library is { } library ? $"{library}\n{entry.Reason}" : entry.Reason));
        }

        console.Write(table);
        console.WriteLine($"auto picks {survey.Chosen.Backend.Name}: {survey.Chosen.Reason}");
        foreach (BackendSurveyEntry entry in survey.Entries)
        {
            if (entry.Report.Attempts.Count == 0)
            {
                continue;
            }

            console.WriteLine();
            console.WriteLine($"tried for {BackendNames.NameOf(entry.Kind)}:");
            Grid attempts = new();
            attempts.AddColumn(new GridColumn().NoWrap().Padding(1, 0, 1, 0)).AddColumn();
            foreach (LoadAttempt attempt in entry.Report.Attempts)
            {
                attempts.AddRow(new Text("-"), new Text($"{attempt.Name} ({attempt.Source}): {attempt.Failure ?? "loaded"}"));
            }

            console.Write(attempts);
        }
    }
}
