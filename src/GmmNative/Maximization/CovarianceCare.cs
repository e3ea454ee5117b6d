using System.Numerics.Tensors;
using GmmNative.Expectation;
using GmmNative.Model;

namespace GmmNative.Maximization;

/// <summary>
/// The last steps of the M-step for a covariance, after everything shared has been averaged: regularization, shrinkage, the maximum
/// condition and the floor, in this order. One instance serves one fit. Threads may work on different components at the same time.
/// </summary>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="components">K.</param>
/// <param name="options">The options of the M-step.</param>
internal sealed class CovarianceCare(CovarianceStructure structure, int components, UpdateOptions options)
{
    private readonly CovarianceStorage _storage = structure.Storage;
    private readonly CovarianceFloor _floor = new(structure, components, options.Floors);

    /// <summary>Changes a covariance in place.</summary>
    /// <param name="component">The component; 0 if the components share one covariance.</param>
    /// <param name="rows">The number of rows of the covariance, weighted.</param>
    /// <param name="before">The covariance before the update, in its storage layout.</param>
    /// <param name="covariance">The covariance in its storage layout.</param>
    /// <param name="seconds">The D second moments from which the variances were computed.</param>
    /// <param name="precision">
    /// The precision of the moments, or <see cref="MomentPrecision.Unchecked"/> if they cannot be computed more precisely.
    /// </param>
    /// <param name="iteration">The iteration, from 1, for errors.</param>
    /// <exception cref="SingularCovarianceException">
    /// The covariance is singular, and the options make this an error or there is no floor to raise it to.
    /// </exception>
    public CareOutcome Apply(
        int component, double rows, ReadOnlySpan<double> before, Span<double> covariance, ReadOnlySpan<double> seconds,
        MomentPrecision precision, int iteration)
    {
        if (options.Regularization > 0)
        {
            AddToVariances(covariance, options.Regularization);
        }

        double shrinkage = options.Shrinkage.Of(structure, covariance, rows);
        if (shrinkage > 0)
        {
            Shrink(covariance, shrinkage);
        }

        bool isCapped = options.MaximumCondition is { } condition
            && ConditionCap.Apply(structure, covariance, condition, options.Floors.CancellationToken);
        FloorOutcome floors = _floor.Apply(component, before, covariance, seconds, precision, iteration);
        return new CareOutcome(floors, shrinkage, isCapped);
    }

    private void AddToVariances(Span<double> covariance, double value)
    {
        // A spherical structure stores one variance for all coordinates.
        int variances = structure.IsSpherical ? 1 : structure.Dimension;
        for (int d = 0; d < variances; d++)
        {
            _storage.SetVariance(covariance, d, _storage.Variance(covariance, d) + value);
        }
    }

    /// <summary>Computes (1 - s) Sigma + s (trace Sigma / D) I.</summary>
    private void Shrink(Span<double> covariance, double shrinkage)
    {
        double average = CovarianceShrinkage.AverageVariance(structure, covariance);
        TensorPrimitives.Multiply(covariance, 1 - shrinkage, covariance);
        AddToVariances(covariance, shrinkage * average);
    }
}
