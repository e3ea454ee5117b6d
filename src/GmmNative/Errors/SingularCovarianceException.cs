namespace GmmNative;

/// <summary>
/// The exception for a covariance that an update made singular, when either <see cref="GmmCovarianceOptions.WhenSingular"/> requests an
/// error or there is no variance floor to raise its eigenvalues to.
/// </summary>
/// <example>
/// <code>
/// try
/// {
///     double[,] rows = { { 1, 2 }, { 1, 2 }, { 3, 4 } };
///     GaussianMixture.Fit(rows, 2, new GmmOptions
///     {
///         Covariance = new() { WhenSingular = SingularCovarianceHandling.Throw, VarianceFloor = 0 },
///     });
/// }
/// catch (SingularCovarianceException e)
/// {
///     Console.Error.WriteLine(e.Message);
/// }
/// </code>
/// </example>
public sealed class SingularCovarianceException : GmmException
{
    /// <summary>The maximum number of columns that a message names.</summary>
    private const int ColumnsNamed = 6;

    /// <summary>Creates the exception.</summary>
    /// <param name="component">The component, from 0; -1 for the covariance that all components share.</param>
    /// <param name="iteration">The iteration, from 1; 0 for the initialization.</param>
    /// <param name="columns">The columns that are constant or depend on each other, from 0.</param>
    /// <param name="isRefused">Whether an option requests the error; if not, the variance floor is 0.</param>
    public SingularCovarianceException(int component, int iteration, IReadOnlyList<int> columns, bool isRefused)
        : base(Describe(component, iteration, columns, isRefused))
    {
        Component = component;
        Iteration = iteration;
        Columns = columns;
    }

    /// <summary>The component, from 0; -1 for the covariance that all components share.</summary>
    public int Component { get; }

    /// <summary>The iteration, from 1; 0 for the initialization.</summary>
    public int Iteration { get; }

    /// <summary>The columns, from 0, that are constant within the rows of the component or depend on each other there.</summary>
    public IReadOnlyList<int> Columns { get; }

    private static string Describe(int component, int iteration, IReadOnlyList<int> columns, bool isRefused)
    {
        string when = iteration == 0 ? "in the initialization" : $"after iteration {iteration}";
        string more = columns.Count > ColumnsNamed ? ", ..." : string.Empty;
        string names = string.Join(", ", columns.Take(ColumnsNamed).Select(c => c + 1)) + more;
        string what = columns.Count == 1 ? $"column {names} is constant" : $"columns {names} depend on each other or are constant";
        string advice = isRefused
            ? "remove them, use fewer components, or allow eigenvalues to be floored (SingularCovariance)"
            : "remove them, or set a variance floor above 0";
        string whose = component < 0 ? "all components" : $"component {component}";
        return $"The covariance of {whose} is not positive definite {when}: among its rows {what}; {advice}.";
    }
}
