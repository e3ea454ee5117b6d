using GmmNative.Estimation.Options;
using GmmNative.Estimation.Selection;
using GmmNative.Execution;
using GmmNative.Initialization;
using GmmNative.Passes;
using GmmNative.Reporting;

namespace GmmNative.Estimation.Choice;

/// <summary>
/// Trains the mixture of one combination on one part of the data, from several starts: those that the options specify, and the model with
/// fewer components. <see cref="Begin"/> does not depend on other combinations, so that it can run at the same time.
/// </summary>
internal sealed class CellSearch
{
    /// <summary>The number of starts to train to the end, in search of one without floored covariances.</summary>
    private const int Attempts = 3;

    private readonly int _components;
    private readonly SelectionPart _part;
    private readonly CovarianceStructure _structure;
    private readonly ResolvedOptions _options;
    private readonly MixtureTraining _training;
    private readonly ExecutionPlan _execution;
    private readonly CancellationToken _cancellationToken;

    private IReadOnlyList<Contender> _ranking = [];
    private string? _problem;

    /// <summary>Creates a search.</summary>
    /// <param name="components">K.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="part">The rows.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public CellSearch(
        int components, CovarianceStructure structure, GmmOptions options, SelectionPart part, CancellationToken cancellationToken)
    {
        _components = components;
        _structure = structure;
        _part = part;
        _cancellationToken = cancellationToken;
        GmmOptions own = options with
        {
            Covariance = options.Covariance with { Kind = structure.Kind, BlockSizes = structure.BlockSizes },
        };
        _options = ResolvedOptions.ForTrainer(own, components, structure) with { StartLimits = StartLimits.Selection };
        _training = new MixtureTraining(components, structure, _options, own);
        _execution = ExecutionPlan.From(options.Execution);
    }

    /// <summary>Makes and compares the starts that the options specify.</summary>
    public void Begin()
    {
        if (_part.Distinct < _components)
        {
            bool areDistinct = _part.Distinct == _part.Data.Summary.Rows;
            _problem = $"too few rows: {_components} components, but only {_part.Distinct} {(areDistinct ? "" : "distinct ")}rows";
            return;
        }

        InitializationContext context = Context();
        try
        {
            _ranking = _options.Restarts > 1
                ? new Restarts(context, _options, () => _training.CreateStep(context)).Rank()
                : Starts.Create(_options.Start, context, _options) is var start && start is IRankedStart ranked ? ranked.Rank()
                : [new Contender(0, start.Run(), double.NegativeInfinity, false)];
        }
        catch (SingularCovarianceException e)
        {
            _problem = e.Message;
        }
    }

    /// <summary>Trains the best of the starts, and the smaller model with components split, to the end.</summary>
    /// <param name="smaller">The best model with fewer components, or <see langword="null"/>.</param>
    /// <returns>The better of the two.</returns>
    public CellFit Finish(GaussianMixture? smaller)
    {
        if (_ranking.Count == 0 && _part.Distinct < _components)
        {
            return new CellFit(null, false, _problem);
        }

        CellFit? best = smaller is null ? null : Train(ComponentSplit.To(smaller, _components), isSplit: true);
        CellFit? fresh = null;
        foreach (Contender contender in _ranking.Take(Attempts))
        {
            CellFit fit = Train(contender.Model, isSplit: false);
            fresh = fit.IsBetterThan(fresh) ? fit : fresh ?? fit;
            if (fresh.IsProper)
            {
                break;
            }
        }

        _ranking = [];
        return fresh is not null && (best is null || fresh.IsBetterThan(best)) ? fresh : best ?? new CellFit(null, false, _problem);
    }

    private CellFit Train(GaussianMixture first, bool isSplit)
    {
        try
        {
            GmmFitResult result = _training.Improve(Context(), first.WithColumns(_part.Rows.ColumnNames));
            _cancellationToken.ThrowIfCancellationRequested();
            return new CellFit(result, isSplit, null);
        }
        catch (SingularCovarianceException e)
        {
            return new CellFit(null, isSplit, e.Message);
        }
    }

    private InitializationContext Context() =>
        _training.CreateContext(_part.Data, _execution, TrainingProgress.None, _cancellationToken);
}
