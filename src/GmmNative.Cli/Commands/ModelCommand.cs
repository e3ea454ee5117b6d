using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary>A command that applies a model to vectors: <c>MODEL INPUT</c> and their options.</summary>
internal abstract class ModelCommand : GmmCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };

    private readonly Argument<string> _input = new("INPUT") { Description = VectorOptions.Formats };

    private readonly VectorOptions _vectors = new();
    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Number of components of a .gmm model.", 1, int.MaxValue);
    private readonly ComputeOptions _compute = new();
    private readonly VerbosityOptions _verbosity = new("Also report the backend.");
    private readonly Interruption _interruption;

    protected ModelCommand(Interruption interruption, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        _interruption = interruption;
        Add(_model);
        Add(_input);
        SetAction(Run);
    }

    /// <summary>The files that the command will write.</summary>
    protected abstract IEnumerable<OutputFile> Outputs(ParseResult parse);

    /// <summary>The options for row weights, or <see langword="null"/> if the command does not use weights.</summary>
    protected virtual RowWeightOptions? Weights => null;

    /// <summary>Whether the leading columns of the model are sufficient.</summary>
    protected virtual bool LeadingColumnsSuffice => false;

    /// <summary>The results that the command computes in addition to those of its files.</summary>
    protected virtual ResultKinds Kinds => ResultKinds.None;

    /// <summary>Returns the output files and the kind of result of each.</summary>
    protected abstract IReadOnlyList<ResultFile> Results(ParseResult parse);

    /// <summary>Throws unless the vectors suit the model and the files.</summary>
    protected virtual void Check(ModelTask task, ParseResult parse) => task.RequireFullDimension();

    /// <summary>Returns the summary line that is written at the end.</summary>
    protected abstract string Describe(ModelTask task, in ResultSummary summary);

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
        OutputFile.CheckAll(Outputs(parse), [modelPath, inputPath, weights ?? "-"]);
        ExecutionOptions execution = _compute.Read(parse);

        // The model is read first, because its column names determine which columns of the vectors are read. A .gmm file has no names and
        // no dimension; the vectors determine its dimension.
        GaussianMixture? named = ModelInput.IsRaw(modelPath) ? null : ModelInput.Load(modelPath, null, null, _interruption.Token);
        using IVectorSource rows = InputVectors.Open(
            [inputPath], vectorOptions with { ColumnNames = named?.Columns, LeadingColumnsSuffice = LeadingColumnsSuffice }, weights,
            verbosity);
        int? dimension = vectorOptions.Columns is null ? vectorOptions.Dimension : null;
        GaussianMixture model = named
            ?? ModelInput.Load(modelPath, dimension ?? rows.Dimension, parse.GetValue(_components), _interruption.Token);
        if (verbosity >= ConsoleVerbosity.Iterations)
        {
            Console.Error.WriteLine($"backend: {execution.Backend}");
        }

        ModelTask task = new(model, modelPath, rows, inputPath);
        Check(task, parse);
        if (Write(task, Results(parse), execution) is { } summary && verbosity >= ConsoleVerbosity.Summary)
        {
            Console.Error.WriteLine(Describe(task, summary));
        }

        return ExitCode.Success;
    }

    private ResultSummary? Write(ModelTask task, IReadOnlyList<ResultFile> files, ExecutionOptions execution)
    {
        if (files.Any(file => AtomicFile.IsStream(file.Target)))
        {
            _interruption.Ending = new DroppedOutputs(ErrorReport.NotComplete);
        }

        return ResultWriter.Write(task.Model, task.Rows, Kinds, files, execution, _interruption.Token);
    }
}
