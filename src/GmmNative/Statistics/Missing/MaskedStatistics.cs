using System.Numerics.Tensors;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Statistics.Missing;

/// <summary>Sums the moments of rows with missing values under diagonal covariances by a matrix product, for one thread.</summary>
/// <param name="parameters">The parameters of the products.</param>
/// <param name="maximumRows">The maximum number of rows.</param>
internal sealed class MaskedStatistics(MaskedParameters parameters, int maximumRows) : IDisposable
{
    private readonly MaskedExpectation _expectation = new(parameters, maximumRows);
    private readonly double[] _sums = new double[checked(parameters.Features * parameters.Components)];

    /// <summary>Whether the moments of a layout can be computed: sums of coordinates and of squares about the expansion point.</summary>
    public static bool Serves(LiftedLayout layout) => layout.AllGroupsOfOne && layout.Quadratic != QuadraticFeatures.None;

    /// <summary>Adds rows, unless rounding could be visible.</summary>
    /// <param name="rows">The rows, with their weights.</param>
    /// <param name="sums">Receives the moments, about the expansion point.</param>
    /// <returns>Whether the rows were added.</returns>
    public bool TryAdd(in RowChunk rows, SufficientStatistics sums)
    {
        if (!_expectation.TryExpect(rows.Rows))
        {
            return false;
        }

        double logLikelihood = rows.Weights.IsEmpty
            ? TensorPrimitives.Sum(_expectation.LogDensities) : WeightedSum(_expectation.LogDensities, rows.Weights);
        sums.AddRows(rows.Count, rows.TotalWeight, logLikelihood);
        SharedOriginMoments shared = sums.RequireSharedOrigin();
        int components = parameters.Components;
        StripMatrix<double> posteriors = _expectation.Posteriors;
        for (int k = 0; k < components; k++)
        {
            ReadOnlySpan<double> weights = rows.Weights;
            for (int s = 0; s < posteriors.Strips.Count; s++)
            {
                Span<double> lanes = posteriors.Line(s, k);
                if (!weights.IsEmpty)
                {
                    TensorPrimitives.Multiply(lanes, weights[..lanes.Length], lanes);
                    weights = weights[lanes.Length..];
                }

                shared.Weights[k] += TensorPrimitives.Sum<double>(lanes);
            }
        }

        _sums.AsSpan().Clear();
        parameters.Execution.Backend.DoubleOperations.AddStripProduct(
            parameters.Features, components, _expectation.Features, posteriors, _sums, components);
        AddCompleted(sums.Layout, shared.Sums);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _expectation.Dispose();

    /// <summary>Adds the sums of observed values, and the expected values and squares of missing ones.</summary>
    private void AddCompleted(LiftedLayout layout, Span<double> totals)
    {
        int components = parameters.Components;
        int dimension = parameters.Dimension;
        for (int d = 0; d < dimension; d++)
        {
            for (int k = 0; k < components; k++)
            {
                int first = (d * components) + k;
                int square = ((dimension + d) * components) + k;
                int second = ((dimension + layout.SecondOf(d)) * components) + k;
                double missing = _sums[(((2 * dimension) + d) * components) + k];
                totals[first] += _sums[first] + (missing * parameters.Means[(k * dimension) + d]);
                totals[second] += _sums[square] + (missing * parameters.Moments[(k * dimension) + d]);
            }
        }
    }

    private static double WeightedSum(ReadOnlySpan<double> logDensities, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int r = 0; r < weights.Length; r++)
        {
            sum += weights[r] == 0 ? 0 : weights[r] * logDensities[r];
        }

        return sum;
    }
}
