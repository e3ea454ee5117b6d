using System.Diagnostics;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Scoring.Criteria;

namespace GmmNative.Estimation.Choice;

/// <summary>
/// One run of a <see cref="ModelSelection"/>. The cells of its grid are numbered by ascending K, then by kind of covariances, then by part
/// of the data: all rows first, then without each fold.
/// </summary>
/// <param name="selection">The grid and the options.</param>
/// <param name="progress">Receives each complete row, or <see langword="null"/>.</param>
/// <param name="cancellationToken">Stops the computation.</param>
internal sealed class SelectionRun(
    ModelSelection selection, IProgress<ModelSelectionRow>? progress, CancellationToken cancellationToken)
{
    private const int DefaultFolds = 5;

    /// <summary>
    /// The number of groups of rows per thread from which on all threads work on one training. With fewer groups, the threads of a training
    /// would wait for each other, so each thread has a training of its own.
    /// </summary>
    private const int GroupsPerThread = 16;

    private readonly Lock _reporting = new();
    private readonly ModelSelectionRow?[] _rows = new ModelSelectionRow?[selection.Components.Count * selection.Covariances.Count];
    private readonly List<SelectionPart> _parts = [];
    private SelectionCell[] _cells = [];
    private int[] _unfinishedParts = [];
    private ModelSelectionRow? _best;
    private int _bestRow;

    private int RowStride => _parts.Count;

    private int ChainStride => selection.Covariances.Count * _parts.Count;

    /// <summary>Trains and compares all combinations.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="heldOut">The held-out rows, or <see langword="null"/>.</param>
    public ModelSelectionResult Execute(IVectorSource rows, IVectorSource? heldOut)
    {
        long began = Stopwatch.GetTimestamp();
        CovarianceStructure[] structures = [.. selection.Covariances.Select(kind => selection.StructureOf(kind, rows.Dimension))];
        ExecutionPlan execution = ExecutionPlan.From(selection.Options.Execution);
        Read(rows, heldOut, execution);
        TrainingData data = _parts[0].Data;
        bool isParallel = data.Rows is IRandomAccessVectorSource && IsSmall(data, structures, execution.Threads);
        GmmOptions options = selection.Options with
        {
            Execution = selection.Options.Execution with { Backend = execution.Backend, Threads = isParallel ? 1 : execution.Threads },
        };
        Create(structures, options, ExecutionPlan.From(options.Execution));
        bool isCancelled = false;
        try
        {
            new SelectionSchedule([.. Enumerable.Range(0, _cells.Length).Select(cell => Math.Max(cell - ChainStride, -1))]).Run(
                isParallel ? execution.Threads : 1, cell => _cells[cell].Begin(), Finish);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && _rows.Any(row => row is not null))
        {
            isCancelled = true;
        }

        return new ModelSelectionResult
        {
            Criterion = selection.Criterion,
            Rows = [.. _rows.OfType<ModelSelectionRow>()],
            Best = _best is null ? null : _best with { Model = null },
            Model = _best?.Model,
            IsCancelled = isCancelled,
            RowCount = data.RowCount,
            TotalWeight = data.Summary.TotalWeight * data.WeightScale,
            Elapsed = Stopwatch.GetElapsedTime(began),
        };
    }

    private void Read(IVectorSource rows, IVectorSource? heldOut, ExecutionPlan execution)
    {
        int largest = selection.Components[^1];
        _parts.Add(SelectionPart.Of(rows, heldOut, largest, execution, cancellationToken));
        if (heldOut is not null && heldOut.Dimension != rows.Dimension)
        {
            throw new VectorDataException(
                $"The held-out rows have dimension {heldOut.Dimension}, but the rows have dimension {rows.Dimension}.");
        }

        int folds = selection.Folds > 0 || selection.Criterion != SelectionCriterion.HeldOut || heldOut is not null
            ? selection.Folds : DefaultFolds;
        if (folds > 0)
        {
            _parts.AddRange(SelectionPart.Folds(rows, _parts[0].Data.RowCount, folds, largest, execution, cancellationToken));
        }
    }

    /// <summary>Whether the rows are so few that several trainings at a time take less time than several threads in one training.</summary>
    private static bool IsSmall(TrainingData data, CovarianceStructure[] structures, int threads)
    {
        int features = structures.Max(structure => new LiftedLayout(structure).Features);
        long groupRows = ChunkGeometry.For(features).GroupRows;
        return data.Summary.Rows < GroupsPerThread * groupRows * threads;
    }

    private void Create(CovarianceStructure[] structures, GmmOptions options, ExecutionPlan execution)
    {
        List<SelectionCell> cells = [];
        foreach (int components in selection.Components)
        {
            foreach (CovarianceStructure structure in structures)
            {
                foreach (SelectionPart part in _parts)
                {
                    CellSearch search = new(components, structure, options, part, execution, cancellationToken);
                    cells.Add(new SelectionCell(search, part, part == _parts[0], execution, cancellationToken));
                }
            }
        }

        _cells = [.. cells];
        _unfinishedParts = new int[_rows.Length];
        _unfinishedParts.AsSpan().Fill(_parts.Count);
    }

    private void Finish(int cell)
    {
        _cells[cell].Finish(cell >= ChainStride ? _cells[cell - ChainStride] : null);
        lock (_reporting)
        {
            int row = cell / RowStride;
            if (--_unfinishedParts[row] == 0)
            {
                Complete(row);
            }
        }
    }

    /// <summary>Adds a row to the table when all its parts are finished.</summary>
    private void Complete(int row)
    {
        SelectionCell[] cells = _cells[(row * RowStride)..((row + 1) * RowStride)];
        string? problem = null;
        for (int part = 0; part < cells.Length && problem is null; part++)
        {
            string? found = cells[part].Fit!.ReasonAgainst(selection.AcceptsFlooredModels);
            problem = part > 0 && found is not null ? $"without fold {part}: {found}" : found;
        }

        CriteriaSums[] heldOut = [.. cells.Select(cell => cell.HeldOut).OfType<CriteriaSums>()];
        bool isScored = heldOut.Length > 0 && cells.All(cell => cell.IsScored);
        (GmmFitResult? whole, bool isSplit, _) = cells[0].Fit!;
        ModelSelectionRow complete = new()
        {
            Components = selection.Components[row / selection.Covariances.Count],
            Covariance = selection.Covariances[row % selection.Covariances.Count],
            Criteria = cells[0].Criteria,
            HeldOutLogLikelihood = isScored ? heldOut.Sum(sums => sums.LogLikelihood) / heldOut.Sum(sums => sums.Weight) : null,
            Iterations = whole?.History.Count ?? 0,
            StopReason = whole?.StopReason,
            StartedFromSplit = isSplit,
            Problem = problem,
            Elapsed = cells.Aggregate(TimeSpan.Zero, (sum, cell) => sum + cell.Elapsed),
            Model = whole?.Model.WithTrainingCriteria(cells[0].Criteria),
        };
        Array.ForEach(cells, cell => cell.Release());
        _rows[row] = complete with { Model = null };
        if (complete.CanBeChosen(selection.Criterion) && (_best is null || IsPreferred(complete, row)))
        {
            (_best, _bestRow) = (complete, row);
        }

        progress?.Report(complete);
    }

    /// <summary>Whether a row takes the place of the best one. Of equal rows, the first one of the table is chosen.</summary>
    private bool IsPreferred(ModelSelectionRow candidate, int row) =>
        candidate.IsBetterThan(_best!, selection.Criterion)
        || (row < _bestRow && !_best!.IsBetterThan(candidate, selection.Criterion));
}
