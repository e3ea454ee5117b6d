using System.Runtime.CompilerServices;
using GmmNative.Execution;
using GmmNative.Interop.Seam;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// What the distributions of missing coordinates, given the observed ones, are computed from: covariances and precisions of the components,
/// group by group. Immutable, shared by all threads.
/// </summary>
internal sealed class ConditionalParameters
{
    /// <summary>
    /// From this condition on, conditional distributions come from covariances only: a precision has lost too many digits in its inversion.
    /// </summary>
    private const double IllConditioned = 1e6;

    private readonly int[] _squareStarts;
    private readonly int _squares;
    private readonly double[] _covariances;
    private readonly double[] _precisions;
    private readonly double[] _logDeterminants;

    /// <summary>Computes the precisions of a model.</summary>
    /// <param name="factors">The factors of the model.</param>
    /// <param name="execution">The backend and the threads.</param>
    public ConditionalParameters(MixtureFactors factors, ExecutionPlan execution)
    {
        Factors = factors;
        Operations = execution.Backend.DoubleOperations;
        Groups = factors.Model.Structure.GroupArrays;
        UsesPrecisions = factors.Condition < IllConditioned;
        _squareStarts = new int[Groups.Length];
        for (int g = 0; g < Groups.Length; g++)
        {
            _squareStarts[g] = _squares;
            _squares = checked(_squares + (Groups[g].Length * Groups[g].Length));
        }

        _covariances = new double[checked(factors.Covariances * _squares)];
        _precisions = new double[UsesPrecisions ? _covariances.Length : 0];
        _logDeterminants = new double[checked(factors.Covariances * Groups.Length)];
        long operationsEach = Groups.Sum(group => (long)group.Length * group.Length * group.Length);
        ComponentLoop.Run(factors.Covariances, operationsEach, execution.Threads, () => 0, (k, _) => Compute(k));
    }

    public MixtureFactors Factors { get; }

    public IDenseOperations<double> Operations { get; }

    /// <summary>The groups of coordinates.</summary>
    public int[][] Groups { get; }

    /// <summary>The number of elements of the square matrices of all groups.</summary>
    public int Squares => _squares;

    /// <summary>Whether precisions are accurate enough for conditional distributions.</summary>
    public bool UsesPrecisions { get; }

    /// <summary>Returns the position of a group's matrix among those of all groups.</summary>
    public int SquareStart(int group) => _squareStarts[group];

    /// <summary>Returns the covariance of a group of n coordinates: n x n, symmetric.</summary>
    public ReadOnlySpan<double> Covariance(int component, int group) => Of(_covariances, component, group);

    /// <summary>Returns the inverse of the covariance of a group of n coordinates: n x n, symmetric.</summary>
    public ReadOnlySpan<double> Precision(int component, int group) => Of(_precisions, component, group);

    /// <summary>Returns the log-determinant of the covariance of a group.</summary>
    public double LogDeterminant(int component, int group) => _logDeterminants[(Factors.Stored(component) * Groups.Length) + group];

    private Span<double> Of(double[] squares, int component, int group) =>
        squares.AsSpan((Factors.Stored(component) * _squares) + _squareStarts[group], Groups[group].Length * Groups[group].Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compute(int covariance)
    {
        GaussianMixture model = Factors.Model;
        for (int g = 0; g < Groups.Length; g++)
        {
            int n = Groups[g].Length;
            model.Structure.Storage.ReadGroup(model.Covariance(covariance), Groups[g], Of(_covariances, covariance, g));
            if (UsesPrecisions)
            {
                Factors.Precision(covariance, g, Operations, Of(_precisions, covariance, g));
            }

            ReadOnlySpan<double> factor = Factors.Factor(covariance, g);
            double half = 0;
            for (int i = 0; i < n; i++)
            {
                half += Math.Log(factor[(i * n) + i]);
            }

            _logDeterminants[(covariance * Groups.Length) + g] = 2 * half;
        }
    }
}
