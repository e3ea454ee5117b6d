using GmmNative.Expectation;
using GmmNative.Initialization;
using GmmNative.Initialization.Responsibilities;
using GmmNative.Maximization.Variational;
using GmmNative.Model;
using GmmNative.Statistics;

namespace GmmNative.Estimation.Variational;

/// <summary>Resolves the priors of variational training: given values, or defaults that depend on the rows.</summary>
internal static class VariationalPriors
{
    /// <summary>Checks the priors that are given.</summary>
    /// <param name="options">The options.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <exception cref="ArgumentException">A prior has the wrong size or is not in its range.</exception>
    public static void Check(GmmVariationalOptions options, CovarianceStructure structure)
    {
        int dimension = structure.Dimension;
        if (options.DegreesOfFreedom <= dimension - 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The prior degrees of freedom are {options.DegreesOfFreedom}, but must be above D - 1 = {dimension - 1}."),
                nameof(options));
        }

        CheckLength(options.Mean, dimension, "mean");
        CheckLength(options.Covariance, structure.Storage.Size, "covariance");
        foreach (double value in options.Mean.Span)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"The prior mean contains {value}, but its numbers must be finite.", nameof(options));
            }
        }

        if (!options.Covariance.IsEmpty)
        {
            CheckCovariance(options.Covariance.Span, structure);
        }
    }

    /// <summary>Resolves the priors.</summary>
    /// <param name="options">The options.</param>
    /// <param name="context">The rows and the shape of the model.</param>
    /// <exception cref="ArgumentException">A prior has the wrong size or is not in its range.</exception>
    /// <exception cref="VectorDataException">
    /// No prior covariance is given, and that of the rows is not positive definite, or there is only one row.
    /// </exception>
    public static VariationalPrior Resolve(GmmVariationalOptions options, InitializationContext context)
    {
        CovarianceStructure structure = context.Structure;
        Check(options, structure);
        ComponentMoments? moments = options.Mean.IsEmpty || options.Covariance.IsEmpty ? Moments(context) : null;
        return new VariationalPrior
        {
            Weights = options.Weights,
            Concentration = options.Concentration ?? 1.0 / context.Components,
            MeanPrecision = options.MeanPrecision,
            Mean = options.Mean.IsEmpty ? MeanOf(moments!) : options.Mean.ToArray(),
            DegreesOfFreedom = options.DegreesOfFreedom ?? context.Dimension,
            Covariance = options.Covariance.IsEmpty ? CovarianceOf(moments!, structure) : WithinGroups(options.Covariance.Span, structure),
        };
    }

    /// <summary>Computes the moments of all rows about their mean.</summary>
    private static ComponentMoments Moments(InitializationContext context) =>
        PosteriorSums.Of(context.Data, context.Structure, context.Execution, null, context.Summary.Mean, context.CancellationToken)
            .Component(0, new ComponentMoments(new LiftedLayout(context.Structure)));

    private static double[] MeanOf(ComponentMoments moments) =>
        [.. moments.Origin.Zip(moments.First, (origin, sum) => origin + (sum / moments.Occupancy))];

    private static double[] CovarianceOf(ComponentMoments moments, CovarianceStructure structure)
    {
        double divisor = moments.Occupancy - 1;
        if (!(divisor > 0))
        {
            throw new VectorDataException(
                "The covariance of the rows, which is the default of the prior covariance, needs at least two rows: give a prior "
                + "covariance (--covariance-prior).");
        }

        LiftedLayout layout = moments.Layout;
        double[] first = moments.First;
        double[] second = [.. moments.Second];
        for (int t = 0; t < layout.TermLeft.Length; t++)
        {
            second[layout.SecondOf(t)] -= first[layout.TermLeft[t]] / moments.Occupancy * first[layout.TermRight[t]];
        }

        CovarianceStorage storage = structure.Untied.Storage;
        double[] covariance = storage.Allocate(1);
        for (int p = 0; p < second.Length; p++)
        {
            storage.SetEntry(covariance, layout.TermLeft[p], layout.TermRight[p], second[p] / divisor);
        }

        // A spherical covariance is the mean of the variances.
        covariance = structure.IsSpherical ? [covariance[0] / structure.Dimension] : covariance;
        return IsPositiveDefinite(covariance, structure) ? covariance : throw new VectorDataException(
            "The covariance of the rows, which is the default of the prior covariance, is not positive definite: columns are constant or "
            + "depend on each other. Give a prior covariance (--covariance-prior), or leave columns out.");
    }

    /// <summary>Copies a covariance, with zeros outside the groups.</summary>
    private static double[] WithinGroups(ReadOnlySpan<double> covariance, CovarianceStructure structure)
    {
        CovarianceStorage storage = structure.Storage;
        double[] result = storage.Allocate(1);
        foreach (int[] group in structure.GroupArrays)
        {
            foreach (int i in group)
            {
                foreach (int j in group)
                {
                    storage.SetEntry(result, i, j, storage.Entry(covariance, i, j));
                }
            }
        }

        return result;
    }

    private static void CheckCovariance(ReadOnlySpan<double> covariance, CovarianceStructure structure)
    {
        CovarianceStorage storage = structure.Storage;
        foreach (int[] group in structure.GroupArrays)
        {
            foreach (int i in group)
            {
                foreach (int j in group)
                {
                    double value = storage.Entry(covariance, i, j);
                    if (!double.IsFinite(value) || value != storage.Entry(covariance, j, i))
                    {
                        throw new ArgumentException(
                            $"The prior covariance is not finite and symmetric at row {i + 1}, column {j + 1}.", nameof(covariance));
                    }
                }
            }
        }

        if (!IsPositiveDefinite(covariance, structure))
        {
            throw new ArgumentException("The prior covariance is not positive definite.", nameof(covariance));
        }
    }

    private static bool IsPositiveDefinite(ReadOnlySpan<double> covariance, CovarianceStructure structure)
    {
        CovarianceStorage storage = structure.Storage;
        for (int d = 0; d < structure.Dimension; d++)
        {
            if (!(storage.Variance(covariance, d) > 0))
            {
                return false;
            }
        }

        return storage.HoldsVariances || PositiveDefinite.IsPositiveDefinite(structure, covariance, CancellationToken.None);
    }

    private static void CheckLength(ReadOnlyMemory<double> values, int length, string what)
    {
        if (!values.IsEmpty && values.Length != length)
        {
            throw new ArgumentException($"The prior {what} has {values.Length} numbers, but {length} are needed.", nameof(values));
        }
    }
}
