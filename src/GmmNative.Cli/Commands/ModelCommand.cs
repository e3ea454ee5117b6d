using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary>A command that applies a model to vectors: <c>MODEL INPUT</c> and their options.</summary>
internal abstract class ModelCommand : GmmCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };

    private readonly Argument<string> _input = new("INPUT") { Description = VectorOptions.Formats };

    private readonly VectorOptions _vectors;
    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Number of components of a .gmm model.", 1, int.MaxValue);
    private readonly ComputeOptions _compute = new();
    private readonly VerbosityOptions _verbosity = new("Also report the backend.");
    private readonly Interruption _interruption;

    protected ModelCommand(Interruption interruption, string name, string description, params string[] examples)
        : this(interruption, null, name, description, examples)
    {
    }

    /// <summary>Creates a command.</summary>
    /// <param name="interruption">The signals.</param>
    /// <param name="missing">What the command does with missing values, or <see langword="null"/> if an option specifies it.</param>
    /// <param name="name">The name.</param>
    /// <param name="description">The description.</param>
    /// <param name="examples">Examples of command lines.</param>
    protected ModelCommand(
        Interruption interruption, MissingValues? missing, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        _interruption = interruption;
        _vectors = new VectorOptions(missing);
        Add(_model);
        Add(_input);
        SetAction(Run);
    }

    /// <summary>The files that the command will write.</summary>
    protected abstract IEnumerable<OutputFile> Outputs(ParseResult parse);

    /// <summary>The options for row weights, or <see langword="null"/> if the command does not use weights.</summary>
    protected virtual RowWeightOptions? Weights => null;

    /// <summary>Adds the names of the columns to read, if the model has names.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="model">The model, or <see langword="null"/> if its format has no names.</param>
    /// <param name="modelPath">The file of the model, for messages.</param>
    /// <param name="options">The options for reading vectors.</param>
    protected virtual VectorFileOptions Reading(
        ParseResult parse, GaussianMixture? model, string modelPath, VectorFileOptions options) =>
        options with { ColumnNames = model?.Columns };

    /// <summary>The results that the command computes in addition to those of its files.</summary>
    protected virtual ResultKinds Kinds => ResultKinds.None;

    /// <summary>The token that a signal cancels.</summary>
    protected CancellationToken Token => _interruption.Token;

    /// <summary>The files that the command reads in addition to the model and the vectors.</summary>
    protected virtual IEnumerable<string> FurtherInputs(ParseResult parse) => [];

    /// <summary>Returns the results to compute in addition to those of the files, and the parameters of all results.</summary>
    protected virtual ResultRequest Request(ModelTask task, ParseResult parse) => new(Kinds);

    /// <summary>Returns the output files and the kind of result of each.</summary>
    protected abstract IReadOnlyList<ResultFile> Results(ParseResult parse);

    /// <summary>Throws unless the vectors suit the model and the files.</summary>
    protected virtual void Check(ModelTask task, ParseResult parse) => task.RequireFullDimension();

    /// <summary>Returns the summary line that is written at the end.</summary>
    protected abstract string Describe(ModelTask task, ResultRequest request, in ResultSummary summary);

    /// <summary>Adds the shared options; called after a command has added its own options, so that these come first in the help.</summary>
    protected void AddSharedOptions()
    {
        _vectors.AddTo(this);
        Weights?.AddTo(this);
        Add(_components);
        _compute.AddTo(this);
        _verbosity.AddTo(this);
    }

    private int Run(ParseResult parse)
    {
        string modelPath = parse.GetRequiredValue(_model);
        string inputPath = parse.GetRequiredValue(_input);
        ConsoleVerbosity verbosity = _verbosity.Read(parse);
        VectorFileOptions vectorOptions = _vectors.Read(parse) with { WeightColumn = Weights?.Column(parse) };
        string? weights = Weights?.File(parse, [inputPath]);
        IReadOnlyList<string> inputPaths = FilePattern.ExpandAll([inputPath]);
        string[] inputs = [modelPath, .. inputPaths, .. FurtherInputs(parse), .. ((string?[])[weights]).OfType<string>()];
        OutputFile.CheckAll(Outputs(parse), inputs);
        if (inputs.Count(path => path == "-") > 1)
        {
            throw new UsageException("-: standard input can be only one of the inputs; write the others to files");
        }

        ExecutionOptions execution = _compute.Read(parse);

        // The model is read first, because its column names determine which columns of the vectors are read. A .gmm file has no names and
        // no dimension; the vectors determine its dimension.
        GaussianMixture? named = ModelInput.IsRaw(modelPath) ? null : ModelInput.Load(modelPath, null, null, _interruption.Token);
        VectorFileOptions reading = Reading(parse, named, modelPath, vectorOptions);
        using IVectorSource rows = InputVectors.Open(inputPaths, reading, weights, verbosity);
        int? dimension = vectorOptions.Columns is null ? vectorOptions.Dimension : null;
        GaussianMixture model = named
            ?? ModelInput.Load(modelPath, dimension ?? rows.Dimension, parse.GetValue(_components), _interruption.Token);
        if (verbosity >= ConsoleVerbosity.Iterations)
        {
            Console.Error.WriteLine($"backend: {execution.Backend}");
        }

        ModelTask task = new(model, modelPath, rows, inputPath, reading, execution);
        Check(task, parse);
        if (Work(task, parse, _interruption.Token) is { } line && verbosity >= ConsoleVerbosity.Summary)
        {
            Console.Error.WriteLine(line);
        }

        return ExitCode.Success;
    }

    /// <summary>Computes and writes the results.</summary>
    /// <returns>The summary line, or <see langword="null"/> if the readers of all outputs closed them before the last row.</returns>
    protected virtual string? Work(ModelTask task, ParseResult parse, CancellationToken cancellationToken)
    {
        ResultRequest request = Request(task, parse);
        return Write(task, request, Results(parse)) is { } summary ? Describe(task, request, summary) : null;
    }

    /// <summary>Writes results while they are computed.</summary>
    protected ResultSummary? Write(ModelTask task, ResultRequest request, IReadOnlyList<ResultFile> files)
    {
        PrepareEnding(files);
        return ResultWriter.Write(task.Model, task.Rows, request, files, task.Execution, _interruption.Token);
    }

    /// <summary>Specifies what happens to outputs that cannot be undone if a signal ends the command.</summary>
    protected void PrepareEnding(IReadOnlyList<ResultFile> files)
    {
        if (files.Any(file => AtomicFile.IsStream(file.Target)))
        {
            _interruption.Ending = new DroppedOutputs(ErrorReport.NotComplete);
        }
    }

    /// <summary>Describes the rows that were left out because of missing values; empty if there are none.</summary>
    protected static string LeftOut(in ResultSummary summary) =>
        summary.LeftOut == 0 ? "" : $"; {summary.LeftOut} rows with missing values were left out";
}
