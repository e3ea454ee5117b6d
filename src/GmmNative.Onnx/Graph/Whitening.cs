using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop;

namespace GmmNative.Onnx.Graph;

/// <summary>
/// What turns the difference of a row and a mean into D independent numbers of variance 1: W of Sigma^-1 = W W', where W is the transposed
/// inverse of the Cholesky factor.
/// </summary>
internal sealed class Whitening
{
    private readonly MixtureFactors _factors;
    private readonly IReadOnlyList<IReadOnlyList<int>> _groups;

    /// <summary>Factors the covariances of a model.</summary>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public Whitening(GaussianMixture model)
    {
        _factors = new MixtureFactors(model, ExecutionPlan.From(new ExecutionOptions { Backend = Backends.Managed }));
        _groups = model.Structure.Groups;
        Dimension = model.Dimension;
    }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>The number of different covariances: K, or 1.</summary>
    public int Count => _factors.Covariances;

    /// <summary>Whether every W is diagonal.</summary>
    public bool IsDiagonal => _groups.All(group => group.Count == 1);

    /// <summary>The K constants log w_k - (D log 2 pi + log det Sigma_k) / 2; for variational models with their term for log w_k.</summary>
    public ReadOnlySpan<double> LogNormalizers => _factors.LogNormalizers;

    /// <summary>Returns the diagonals of all W: Count x D.</summary>
    public double[] Diagonals()
    {
        double[] result = new double[Count * Dimension];
        for (int k = 0; k < Count; k++)
        {
            for (int g = 0; g < _groups.Count; g++)
            {
                result[(k * Dimension) + _groups[g][0]] = 1 / _factors.Factor(k, g)[0];
            }
        }

        return result;
    }

    /// <summary>Returns all W: Count x D x D.</summary>
    public double[] Matrices()
    {
        double[] result = new double[checked(Count * Dimension * Dimension)];
        for (int k = 0; k < Count; k++)
        {
            for (int g = 0; g < _groups.Count; g++)
            {
                WriteGroup(_factors.Factor(k, g), _groups[g], result.AsSpan(k * Dimension * Dimension, Dimension * Dimension));
            }
        }

        return result;
    }

    // Row i of the inverse of L follows from the rows above it: L_ii R_i = e_i - sum_j<i L_ij R_j.
    private void WriteGroup(ReadOnlySpan<double> factor, IReadOnlyList<int> group, Span<double> matrix)
    {
        int n = group.Count;
        for (int i = 0; i < n; i++)
        {
            for (int column = 0; column <= i; column++)
            {
                double sum = column == i ? 1 : 0;
                for (int j = column; j < i; j++)
                {
                    sum -= factor[(i * n) + j] * matrix[(group[column] * Dimension) + group[j]];
                }

                matrix[(group[column] * Dimension) + group[i]] = sum / factor[(i * n) + i];
            }
        }
    }
}
