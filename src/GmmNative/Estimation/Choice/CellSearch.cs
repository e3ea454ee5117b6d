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

    /// <summary>The number of EM iterations of every split in the first round of their comparison.</summary>
    private const int SplitIterations = 5;

    /// <summary>The number of EM iterations that decide between the best start and the best split, if there are many rows.</summary>
    private const int RaceIterations = 10;

    /// <summary>The number of EM iterations that a training takes as a rule.</summary>
    private const int UsualIterations = 100;

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
    /// <param name="execution">How to compute, shared by all searches.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public CellSearch(
        int components, CovarianceStructure structure, GmmOptions options, SelectionPart part, ExecutionPlan execution,
        CancellationToken cancellationToken)
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
        _execution = execution;
    }

    private double PassCost => StartBudget.PassCost(_structure, _components, _part.Data.Summary.Rows);

    private bool IsLarge => UsualIterations * PassCost > _options.StartLimits.AlwaysAllowed;

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
        if (_part.Distinct < _components)
        {
            return new CellFit(null, false, _problem);
        }

        GaussianMixture? split = null;
        try
        {
            split = smaller is null ? null : BestSplit(smaller);
            if (split is not null && _ranking.Count > 0 && IsLarge)
            {
                // Training both to the end would double the time.
                GaussianMixture best = _ranking[0].Model;
                bool isSplitBetter = Race(RaceIterations, [best, split])[0].Number == 1;
                return TrainFirst(isSplitBetter ? [(split, true), (best, false)] : [(best, false), (split, true)]);
            }
        }
        catch (SingularCovarianceException e)
        {
            _problem ??= e.Message;
        }

        CellFit fresh = TrainFirst(_ranking.Take(Attempts).Select(contender => (contender.Model, false)));
        CellFit grown = split is null ? fresh : Train(split, isSplit: true);
        _ranking = [];
        return grown.IsBetterThan(fresh) ? grown : fresh;
    }

    /// <summary>
    /// Splits a component of the smaller model. If there are few rows, tries all components and returns the split that gains most in a few
    /// iterations.
    /// </summary>
    private GaussianMixture BestSplit(GaussianMixture smaller)
    {
        double rounds = SplitIterations * (1 + Math.Log2(smaller.ComponentCount));
        double affordable = _options.StartLimits.AlwaysAllowed / (rounds * PassCost);
        int[] heaviest = [.. Enumerable.Range(0, smaller.ComponentCount)
            .OrderByDescending(k => smaller.Weights.Span[k])
            .Take((int)Math.Clamp(affordable, 1, smaller.ComponentCount))];
        return Race(SplitIterations, [.. heaviest.Select(k => ComponentSplit.From(smaller, _components, k))])[0].Model;
    }

    private IReadOnlyList<Contender> Race(int iterations, GaussianMixture[] models)
    {
        InitializationContext context = Context();
        Tournament tournament = new(_options, () => _training.CreateStep(context), _cancellationToken);
        foreach (GaussianMixture model in models)
        {
            tournament.Add(() => model);
        }

        return tournament.Run(iterations);
    }

    /// <summary>Trains starts to the end, in order, until one has no floored covariance. Returns the best.</summary>
    private CellFit TrainFirst(IEnumerable<(GaussianMixture Model, bool IsSplit)> starts)
    {
        CellFit best = new(null, false, _problem);
        foreach ((GaussianMixture model, bool isSplit) in starts)
        {
            CellFit fit = Train(model, isSplit);
            best = fit.IsBetterThan(best) || (best.Result is null && best.Problem is null) ? fit : best;
            if (best.IsProper)
            {
                break;
            }
        }

        return best;
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
