using System.CommandLine;
using GmmNative.Fuzz;
using GmmNative.TestSupport;

string[] names = [.. ReaderTarget.All.Select(reader => reader.Name)];
Option<string[]> readers = new("--reader") { Description = "Only these readers; all without it.", AllowMultipleArgumentsPerToken = true };
readers.AcceptOnlyFromAmong(names);
Option<double> seconds = new("--seconds-per-reader") { Description = "How long each reader is tried.", DefaultValueFactory = _ => 20 };
Option<int> seed = new("--seed")
{
    Description = "Starts the random numbers: the same seed, the same files.",
    DefaultValueFactory = _ => 1,
};
Option<string> findings = new("--findings")
{
    Description = "Where files that found something are kept.",
    DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "gmm-fuzz-findings"),
};
Command mutate = new("mutate", "Mutates the corpus by seeded random numbers; exit code 1 when something was found.")
{
    readers, seconds, seed, findings,
};
mutate.SetAction(parse => MutationRun.Run(
    [.. ReaderTarget.All.Where(reader => parse.GetValue(readers) is not { Length: > 0 } chosen || chosen.Contains(reader.Name))],
    TimeSpan.FromSeconds(parse.GetValue(seconds)),
    parse.GetValue(seed),
    parse.GetRequiredValue(findings)));

Argument<string> reader = new("READER") { Description = string.Join(", ", names) };
reader.AcceptOnlyFromAmong(names);
Argument<string[]> files = new("FILE") { Description = "Files to read.", Arity = ArgumentArity.OneOrMore };
Command replay = new("replay", "Reads files once and reports each; exit code 1 when something is wrong.") { reader, files };
replay.SetAction(parse => Replay.Run(Target(parse.GetRequiredValue(reader)), parse.GetRequiredValue(files)));

Option<bool> libFuzzer = new("--libfuzzer") { Description = "The driver is libFuzzer's instead of AFL++'s." };
Command coverage = new("coverage", "Serves a coverage-guided fuzzer; coverage.sh starts it.") { reader, libFuzzer };
coverage.SetAction(parse => CoverageRun.Run(Target(parse.GetRequiredValue(reader)), parse.GetValue(libFuzzer)));

return new RootCommand("Gives any bytes to the readers of GmmNative.") { mutate, replay, coverage }.Parse(args).Invoke();

static ReaderTarget Target(string name) => ReaderTarget.All.Single(reader => reader.Name == name);
