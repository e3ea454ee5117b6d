namespace GmmNative.Cli;

/// <summary>Options of scikit-learn, diffsptk and SPTK that users may try, and their counterparts in this program.</summary>
internal static class ForeignOptions
{
    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["n-components"] = "-k K",
        ["n-mixture"] = "-k K",
        ["num-mixture"] = "-k K",
        ["components"] = "-k K",
        ["covariance-type"] = "--covariance",
        ["cov-type"] = "--covariance",
        ["var-type"] = "--covariance",
        ["full"] = "--covariance full",
        ["diag"] = "--covariance diag",
        ["blocksize"] = "--block-size",
        ["max-iter"] = "--iterations",
        ["n-iter"] = "--iterations",
        ["num-iter"] = "--iterations",
        ["maxiter"] = "--iterations",
        ["tol"] = "--tolerance",
        ["eps"] = "--tolerance, with --tolerance-on total as in diffsptk",
        ["reg-covar"] = "--regularization",
        ["var-floor"] = "--variance-floor",
        ["min-variance"] = "--variance-floor",
        ["w-floor"] = "--weight-floor",
        ["init-params"] = "--init",
        ["init-method"] = "--init",
        ["weights-init"] = "--init MODEL",
        ["means-init"] = "--init MODEL",
        ["precisions-init"] = "--init MODEL",
        ["warm-start"] = "--init MODEL",
        ["n-init"] = "--restarts N, or --init auto, which tries several starts",
        ["weight-concentration-prior-type"] = "--variational",
        ["weight-concentration-prior"] = "--concentration",
        ["mean-precision-prior"] = "--mean-precision",
        ["degrees-of-freedom-prior"] = "--degrees-of-freedom",
        ["relevance-factor"] = "--relevance",
        ["random-state"] = "--seed",
        ["random-seed"] = "--seed",
        ["sample-weight"] = "--weights FILE, or --weight-column NAME",
        ["sample-weights"] = "--weights FILE, or --weight-column NAME",
        ["n-jobs"] = "--threads",
        ["num-threads"] = "--threads",
        ["verbose"] = "-v, or -vv for more",
        ["order"] = "not needed: the data determines the dimension, and raw data needs --dimension, which is the order plus 1",
        ["map"] = "--alpha, with --ubm MODEL",
        ["dtype"] = "--type for raw data, --precision for the arithmetic",
    };

    /// <summary>Returns the counterpart of an option of another program, or <see langword="null"/> if no program has that option.</summary>
    /// <param name="option">The option as given, with its dashes, possibly with a value after an equals sign.</param>
    public static string? AnswerTo(string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        string name = (equals < 0 ? option : option[..equals]).TrimStart('-').Replace('_', '-').ToLowerInvariant();
        return Answers.GetValueOrDefault(name);
    }

    /// <summary>
    /// Returns the option of this program that a spelling with underscores or capitals stands for, or <see langword="null"/>.
    /// </summary>
    /// <param name="option">The option as given.</param>
    /// <param name="known">The names of the options of this program.</param>
    public static string? Respelled(string option, IEnumerable<string> known)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        string name = (equals < 0 ? option : option[..equals]).Replace('_', '-').ToLowerInvariant().TrimStart('-');
        return known.FirstOrDefault(k => k.TrimStart('-') == name && k.Length > 2);
    }
}
