namespace GmmNative;

/// <summary>Gathers what the iterations report.</summary>
internal sealed class DiagnosticsBuilder(ExecutionPlan execution, FeatureMap map, int components)
{
    private readonly bool[] _eigenvaluesFloored = new bool[components];
    private MaximizationResult? _last;
    private double _centredShare;

    /// <summary>Takes an iteration's.</summary>
    public void Add(MaximizationResult result, SufficientStatistics statistics)
    {
        _last = result;
        _centredShare = statistics.CentredPairs / ((double)statistics.Rows * components);
        for (int k = 0; k < components; k++)
        {
            _eigenvaluesFloored[k] |= result.EigenvaluesFloored[k];
        }
    }

    /// <summary>Makes the report.</summary>
    public GmmDiagnostics Build()
    {
        int[] empty = Indices(_last?.Empty);
        int[] weight = Indices(_last?.WeightFloored);
        int[] variance = Indices(_last?.VarianceFloored);
        int[] eigenvalue = Indices(_eigenvaluesFloored);
        List<string> warnings = [];
        Warn(warnings, empty, "no row belongs to", "kept mean and covariance");
        Warn(warnings, variance, "variances at the floor in", "the data may be constant or repeated there, or the components too many");
        Warn(warnings, eigenvalue, "the covariance was not positive definite in", "its eigenvalues were raised to the floor");
        Warn(warnings, [.. weight.Except(empty)], "the weight is at the floor in", "the components may be too many");
        return new GmmDiagnostics
        {
            Backend = execution.Backend.Description,
            BackendReason = execution.BackendReason,
            Threads = execution.Threads,
            Path = _centredShare == 0 ? "products" : _centredShare == 1 ? "centred" : "mixed",
            PathReason = Reason(),
            CentredShare = _centredShare,
            EmptyComponents = empty,
            WeightFlooredComponents = weight,
            VarianceFlooredComponents = variance,
            EigenvalueFlooredComponents = eigenvalue,
            Warnings = warnings,
        };
    }

    private string Reason() => execution.Path != NumericalPath.Auto ? "asked for"
        : FormCost.IsCentredCheaper(map, components) ? "costs less for this dimension and number of components"
        : _centredShare == 0 ? "costs less for this dimension and number of components, and rounding cannot show"
        : "products cost less, but their rounding would show for some rows or components";

    private static int[] Indices(bool[]? flags) => flags is null ? [] : [.. Enumerable.Range(0, flags.Length).Where(k => flags[k])];

    private static void Warn(List<string> warnings, int[] which, string what, string consequence)
    {
        if (which.Length == 0)
        {
            return;
        }

        string names = string.Join(", ", which.Take(5)) + (which.Length > 5 ? $" and {which.Length - 5} more" : string.Empty);
        warnings.Add($"{what} component{(which.Length > 1 ? "s" : string.Empty)} {names}: {consequence}.");
    }
}
