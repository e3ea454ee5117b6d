using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Model;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// The distribution of the missing coordinates u of rows, given the observed ones o, under one component: mean
/// m_u + S_uo S_oo^-1 (x_o - m_o) and covariance V = S_uu - S_uo S_oo^-1 S_ou. Contains scratch memory for one thread.
/// </summary>
/// <remarks>
/// With the precision P = S^-1 of a group, the same mean is m_u - P_uu^-1 P_uo (x_o - m_o), V = P_uu^-1, and |S_oo| = |S| |P_uu|. If at
/// most half of a group is missing, this takes the factor of the small P_uu instead of the factor of S_oo.
/// </remarks>
internal sealed class ConditionalKernel
{
    private readonly ConditionalParameters _parameters;
    private readonly double[] _factors;
    private readonly double[] _crossed;
    private readonly GroupForm[] _forms;
    private readonly double[] _difference;
    private readonly double[] _expected;
    private readonly double[] _work;
    private PatternRuns? _runs;
    private int _run;
    private int _component;

    /// <summary>Creates a kernel for a model.</summary>
    public ConditionalKernel(ConditionalParameters parameters)
    {
        _parameters = parameters;
        int largest = parameters.Groups.Max(group => group.Length);
        _factors = new double[parameters.Squares];
        _crossed = new double[parameters.Squares];
        _forms = new GroupForm[parameters.Groups.Length];
        _difference = new double[largest];
        _expected = new double[largest];
        _work = new double[largest * largest];
    }

    private enum GroupForm
    {
        /// <summary>No coordinate of the group is observed.</summary>
        Unobserved,

        /// <summary>The factor is that of P_uu.</summary>
        Precision,

        /// <summary>The factor is that of S_oo.</summary>
        Covariance,
    }

    /// <summary>Computes the factors for a component and the pattern of a run.</summary>
    /// <returns>The sum over groups of log |S_oo| - log |S|.</returns>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public double Load(int component, PatternRuns runs, int run)
    {
        (_component, _runs, _run) = (component, runs, run);
        double logDeterminant = 0;
        foreach (int g in runs.Touched(run))
        {
            logDeterminant += Factor(g, runs.Observed(run, g), runs.Missing(run, g));
        }

        return logDeterminant;
    }

    /// <summary>
    /// Computes the expected values of the missing coordinates of a row, group by group, in ascending order within a group.
    /// </summary>
    /// <param name="row">D numbers.</param>
    /// <param name="values">Receives one number per missing coordinate.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Expect(ReadOnlySpan<double> row, Span<double> values)
    {
        ReadOnlySpan<double> mean = _parameters.Factors.Model.Mean(_component);
        int next = 0;
        foreach (int g in _runs!.Touched(_run))
        {
            int[] group = _parameters.Groups[g];
            ReadOnlySpan<int> missing = _runs.Missing(_run, g);
            Span<double> difference = _difference.AsSpan(0, group.Length);
            difference.Clear();
            foreach (int i in _runs.Observed(_run, g))
            {
                difference[i] = row[group[i]] - mean[group[i]];
            }

            Span<double> expected = _expected.AsSpan(0, missing.Length);
            Respond(g, difference, expected);
            for (int i = 0; i < missing.Length; i++)
            {
                values[next++] = mean[group[missing[i]]] + expected[i];
            }
        }
    }

    /// <summary>Computes S_uo S_oo^-1 d for one group.</summary>
    /// <param name="group">A group with missing coordinates.</param>
    /// <param name="difference">d at the observed places of the group, 0 at the missing ones.</param>
    /// <param name="expected">Receives one number per missing coordinate of the group.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Respond(int group, ReadOnlySpan<double> difference, Span<double> expected)
    {
        int n = _parameters.Groups[group].Length;
        ReadOnlySpan<int> observed = _runs!.Observed(_run, group);
        ReadOnlySpan<int> missing = _runs.Missing(_run, group);
        ReadOnlySpan<double> factor = _factors.AsSpan(_parameters.SquareStart(group));
        switch (_forms[group])
        {
            case GroupForm.Unobserved:
                expected.Clear();
                break;
            case GroupForm.Precision:
                ReadOnlySpan<double> precision = _parameters.Precision(_component, group);
                for (int i = 0; i < missing.Length; i++)
                {
                    expected[i] = -TensorPrimitives.Dot(precision.Slice(missing[i] * n, n), difference);
                }

                SmallCholesky.Solve(missing.Length, factor, expected);
                break;
            default:
                Span<double> solved = _work.AsSpan(0, observed.Length);
                for (int i = 0; i < observed.Length; i++)
                {
                    solved[i] = difference[observed[i]];
                }

                SmallCholesky.Solve(observed.Length, factor, solved);
                ReadOnlySpan<double> crossed = _crossed.AsSpan(_parameters.SquareStart(group));
                for (int i = 0; i < missing.Length; i++)
                {
                    expected[i] = TensorPrimitives.Dot(crossed.Slice(i * observed.Length, observed.Length), solved);
                }

                break;
        }
    }

    /// <summary>Computes V of one group.</summary>
    /// <param name="group">A group with missing coordinates.</param>
    /// <param name="covariance">Receives m x m numbers for m missing coordinates, of which the lower triangle is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Covariance(int group, Span<double> covariance)
    {
        int n = _parameters.Groups[group].Length;
        ReadOnlySpan<int> missing = _runs!.Missing(_run, group);
        int m = missing.Length;
        ReadOnlySpan<double> factor = _factors.AsSpan(_parameters.SquareStart(group));
        if (_forms[group] == GroupForm.Precision)
        {
            SmallCholesky.Invert(m, factor, covariance, _work);
            return;
        }

        int observed = _runs.Observed(_run, group).Length;
        ReadOnlySpan<double> all = _parameters.Covariance(_component, group);
        ReadOnlySpan<double> crossed = _crossed.AsSpan(_parameters.SquareStart(group));
        for (int i = 0; i < m; i++)
        {
            Span<double> explained = _work.AsSpan(i * observed, observed);
            crossed.Slice(i * observed, observed).CopyTo(explained);
            TriangularSolve.Forward(observed, factor, explained);
            for (int j = 0; j <= i; j++)
            {
                double part = observed == 0 ? 0 : TensorPrimitives.Dot<double>(explained, _work.AsSpan(j * observed, observed));
                covariance[(i * m) + j] = all[(missing[i] * n) + missing[j]] - part;
            }
        }
    }

    private double Factor(int group, ReadOnlySpan<int> observed, ReadOnlySpan<int> missing)
    {
        double logDeterminant = _parameters.LogDeterminant(_component, group);
        Span<double> factor = _factors.AsSpan(_parameters.SquareStart(group));
        int n = _parameters.Groups[group].Length;
        if (observed.IsEmpty)
        {
            _forms[group] = GroupForm.Unobserved;
            return -logDeterminant;
        }

        if (_parameters.UsesPrecisions && missing.Length <= observed.Length)
        {
            _forms[group] = GroupForm.Precision;
            Select(_parameters.Precision(_component, group), n, missing, factor);
            if (TryFactor(missing.Length, factor))
            {
                return SmallCholesky.LogDeterminant(missing.Length, factor);
            }
        }

        _forms[group] = GroupForm.Covariance;
        ReadOnlySpan<double> covariance = _parameters.Covariance(_component, group);
        Select(covariance, n, observed, factor);
        if (!TryFactor(observed.Length, factor))
        {
            throw CovarianceProblem.NotPositiveDefinite(_parameters.Factors.Model.Structure, _component);
        }

        Span<double> crossed = _crossed.AsSpan(_parameters.SquareStart(group));
        for (int i = 0; i < missing.Length; i++)
        {
            for (int j = 0; j < observed.Length; j++)
            {
                crossed[(i * observed.Length) + j] = covariance[(missing[i] * n) + observed[j]];
            }
        }

        return SmallCholesky.LogDeterminant(observed.Length, factor) - logDeterminant;
    }

    /// <summary>Copies selected rows and columns of an n x n matrix, on and below the diagonal.</summary>
    private static void Select(ReadOnlySpan<double> matrix, int n, ReadOnlySpan<int> places, Span<double> selected)
    {
        for (int i = 0; i < places.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                selected[(i * places.Length) + j] = matrix[(places[i] * n) + places[j]];
            }
        }
    }

    private bool TryFactor(int n, Span<double> matrix) =>
        n <= SmallCholesky.MaximumOrder
            ? SmallCholesky.TryFactor(n, matrix) : _parameters.Operations.Cholesky(n, matrix[..(n * n)], n) == 0;
}
