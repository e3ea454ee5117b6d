using System.Globalization;
using GmmNative.Data;
using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Passes;

namespace GmmNative.Estimation.Diagnostics;

/// <summary>Collects the diagnostics of a training from the data, the start, the iterations and the outcome.</summary>
/// <param name="options">The options.</param>
/// <param name="data">The rows.</param>
/// <param name="execution">The backend and the numerical path.</param>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="components">K.</param>
internal sealed class DiagnosticsBuilder(
    ResolvedOptions options, TrainingData data, ExecutionPlan execution, CovarianceStructure structure, int components)
{
    /// <summary>A floor above this share of the variance of a column hides the structure of the column.</summary>
    private const double LargeShare = 0.01;

    private const int NamesShown = 5;

    private readonly bool[] _eigenvaluesFloored = new bool[components];
    private readonly List<string> _warnings = [];
    private UpdateResult? _last;
    private double _centeredShare;

    /// <summary>Compares the number of components with the number of distinct rows.</summary>
    public void CompareRows(CancellationToken cancellationToken)
    {
        int distinct = DistinctRows.Count(data.Rows, components, execution.BatchSize, cancellationToken);
        if (distinct < components)
        {
            string rows = (distinct == data.Summary.Rows ? $"{distinct} rows" : $"{distinct} distinct rows")
                + (data.DroppedRows > 0 ? " without missing values" : data.Summary.Rows < data.RowCount ? " of positive weight" : "");
            _warnings.Add(
                $"there are {components} components, but only {rows}: at least {components - distinct} have no rows to describe; use "
                + "fewer.");
        }
    }

    /// <summary>Checks a given starting model, if it is not <see langword="null"/>.</summary>
    public void AddStart(GaussianMixture? start)
    {
        if (start is not null && !options.IsVariational)
        {
            Warn(EqualComponents.Find(start), "the starting model has equal", "EM cannot separate them; use another start");
        }
    }

    /// <summary>Adds an iteration.</summary>
    public void Add(EmStepResult step)
    {
        _last = step.Update;
        _centeredShare = step.CenteredShare;
        for (int k = 0; k < components; k++)
        {
            _eigenvaluesFloored[k] |= step.Update.EigenvaluesFloored[k];
        }
    }

    /// <summary>Creates the report.</summary>
    /// <param name="outcome">The outcome of EM.</param>
    /// <param name="hasFallen">Whether the log-likelihood fell by more than rounding.</param>
    public GmmDiagnostics Build(EmOutcome outcome, bool hasFallen)
    {
        int[] empty = Indices(_last?.Empty);
        int[] weight = Indices(_last?.WeightFloored);
        int[] variance = Indices(_last?.VarianceFloored);
        int[] eigenvalue = Indices(_eigenvaluesFloored);
        int[] capped = Indices(_last?.ConditionCapped);
        double[] shrinkage = _last is { } last && last.Shrinkage.Max() > 0 ? last.Shrinkage : [];
        int[] equal = EqualComponents.Find(outcome.Model);
        Warn(empty, "no row belongs to", "its mean and covariance were left unchanged", "their means and covariances were left unchanged");
        Warn(variance, "variances are at the floor in", ReasonOfFloor());
        Warn(
            eigenvalue, "the covariance was not positive definite in",
            "its eigenvalues were raised; columns may be constant or depend on each other");
        Warn(capped, "the condition of the covariance was limited in", "its small eigenvalues were raised");
        WarnOfShrinkage(shrinkage);
        Warn([.. weight.Except(empty)], "the weight is at the floor in", "there may be too many components");
        if (!options.IsVariational)
        {
            // The prior makes superfluous components of a variational mixture equal, which is no reason for a warning.
            Warn(equal, "the result has equal", "use fewer components or another start");
        }

        WarnOfFall(outcome, hasFallen);
        return new GmmDiagnostics
        {
            Backend = execution.Backend.Description,
            BackendReason = execution.BackendReason,
            Threads = execution.Threads,
            Path = _centeredShare == 0 ? "products" : _centeredShare == 1 ? "centred" : "mixed",
            PathReason = PathReason(),
            Acceleration = options.Acceleration.IsMomentum ? Acceleration.Momentum : Acceleration.None,
            AccelerationReason = options.Acceleration.Reason,
            CenteredShare = _centeredShare,
            IncompleteRows = data.DroppedRows + (data.Missing?.Rows ?? 0),
            EmptyComponents = empty,
            WeightFlooredComponents = weight,
            VarianceFlooredComponents = variance,
            EigenvalueFlooredComponents = eigenvalue,
            ConditionCappedComponents = capped,
            Shrinkage = shrinkage,
            EqualComponents = equal,
            Warnings = _warnings,
        };
    }

    /// <summary>
    /// Describes the likely cause of a variance at the floor: a floor that is large relative to the data, or data that is constant in
    /// places.
    /// </summary>
    private string ReasonOfFloor()
    {
        double[] deviations = data.Summary.Deviation;
        int[] small = [.. Enumerable.Range(0, deviations.Length)
            .Where(d => deviations[d] > 0 && options.VarianceFloor > LargeShare * deviations[d] * deviations[d])];
        if (small.Length == 0)
        {
            return "the data may be constant or repeated there, or there may be too many components";
        }

        string variance = (deviations[small[0]] * deviations[small[0]]).ToString("G3", CultureInfo.InvariantCulture);
        string floor = options.VarianceFloor.ToString("G3", CultureInfo.InvariantCulture);
        string others = small.Length > 1 ? $" and {small.Length - 1} more" : string.Empty;
        return $"the floor of {floor} is large relative to the scale of column {small[0] + 1}{others}, whose variance is {variance}; "
            + "lower the variance floor (--variance-floor), or make it relative to the columns, or scale the data up";
    }

    private void WarnOfShrinkage(double[] shares)
    {
        if (shares.Length > 0)
        {
            string smallest = shares.Min().ToString("G3", CultureInfo.InvariantCulture);
            string largest = shares.Max().ToString("G3", CultureInfo.InvariantCulture);
            string range = smallest == largest ? smallest : $"{smallest} to {largest}";
            _warnings.Add($"covariances were shrunk toward a multiple of the identity by {range}.");
        }
    }

    private void WarnOfFall(EmOutcome outcome, bool hasFallen)
    {
        if (outcome.StopReason == StopReason.Fell)
        {
            string what = options.IsVariational ? "lower bound" : "log-likelihood";
            _warnings.Add(
                $"the {what} fell by more than rounding explains, which ended the training; the best model seen is the result.");
        }
        else if (hasFallen && options.Stopping == StoppingTest.SignedRise)
        {
            _warnings.Add(
                "the log-likelihood fell at some iteration: the last model is the result, as in diffsptk, not the best model seen.");
        }
        else if (hasFallen && options.IsVariational)
        {
            _warnings.Add(
                "the lower bound fell at some iteration, which its approximation for this covariance type and prior of the weights can "
                + "cause; the best model seen is the result.");
        }
        else if (hasFallen)
        {
            string cause = options.Relevance is null
                ? "floors, regularization, shrinkage or a maximum condition" : "adaptation with a relevance factor";
            _warnings.Add($"the log-likelihood fell at some iteration, which {cause} can cause; the best model seen is the result.");
        }
    }

    private string PathReason() => execution.Path != NumericalPath.Auto ? "requested"
        : FormCost.IsCenteredCheaper(new LiftedLayout(structure), components) ? "costs less for this dimension and number of components"
        : _centeredShare == 0 ? "costs less for this dimension and number of components, and its rounding is negligible"
        : "products cost less, but their rounding would be visible for some rows or components";

    private static int[] Indices(bool[]? flags) => flags is null ? [] : [.. Enumerable.Range(0, flags.Length).Where(k => flags[k])];

    private void Warn(int[] which, string what, string consequence, string? consequenceOfMany = null)
    {
        if (which.Length == 0)
        {
            return;
        }

        string more = which.Length > NamesShown ? $" and {which.Length - NamesShown} more" : string.Empty;
        string names = string.Join(", ", which.Take(NamesShown)) + more;
        string end = which.Length > 1 ? consequenceOfMany ?? consequence : consequence;
        _warnings.Add($"{what} component{(which.Length > 1 ? "s" : string.Empty)} {names}: {end}.");
    }
}
