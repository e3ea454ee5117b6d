using System.Runtime.CompilerServices;

namespace GmmNative.Estimation.Options;

/// <summary>Checks the ranges of <see cref="GmmOptions"/>.</summary>
internal static class GmmOptionsValidation
{
    /// <summary>Checks all options except the block sizes, which <see cref="CovarianceStructure"/> checks.</summary>
    /// <exception cref="ArgumentException">An option is out of range or contradicts another option.</exception>
    /// <param name="options">The options.</param>
    /// <param name="mixtureCount">K.</param>
    /// <param name="dimension">D if it is known.</param>
    public static void Validate(GmmOptions options, int mixtureCount, int? dimension)
    {
        ArgumentNullException.ThrowIfNull(options.Start);
        ArgumentNullException.ThrowIfNull(options.Stopping);
        ArgumentNullException.ThrowIfNull(options.Covariance);
        ArgumentNullException.ThrowIfNull(options.Prior);
        ArgumentNullException.ThrowIfNull(options.Update);
        ArgumentNullException.ThrowIfNull(options.Execution);
        options.Execution.Validate();
        if (options.Stopping.Iterations < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The number of iterations must be at least 1.");
        }

        CheckRestarts(options);

        CheckRange(options.Stopping.Tolerance, double.MaxValue, "The tolerance must be a number of at least 0.");
        CheckRange(options.Covariance.VarianceFloor, double.MaxValue, "The variance floor must be a number of at least 0.");
        CheckRange(options.Covariance.RelativeVarianceFloor, 1, "The relative variance floor must be between 0 and 1.");
        CheckRange(options.Covariance.Regularization, double.MaxValue, "The regularization must be a number of at least 0.");
        CheckRange(options.Covariance.Shrinkage, 1, "The shrinkage must be between 0 and 1.");
        if (options.Covariance.MaximumCondition is { } condition && !(condition >= 1 && double.IsFinite(condition)))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The maximum condition must be a number of at least 1.");
        }

        CheckRange(options.Prior.Alpha, 1, "Alpha must be between 0 and 1.");
        if (options.Update.WeightFloor is { } weightFloor)
        {
            CheckRange(weightFloor, 1.0 / mixtureCount, $"The weight floor must be between 0 and 1/K = {1.0 / mixtureCount}.");
        }

        CheckParameters(options.Prior.Adapted);
        CheckParameters(options.Update.Frozen);
        CheckEnumerations(options);
        if (options.Prior.Ubm is { } ubm)
        {
            CheckShape(ubm, mixtureCount, dimension ?? ubm.Dimension, "The background model", nameof(options));
        }
        else if (options.Prior.Alpha > 0)
        {
            throw new ArgumentException("Alpha requires a background model: set Prior.Ubm, or leave Prior.Alpha at 0.", nameof(options));
        }

        CheckUpdates(options);
        AccelerationChoice.Check(options);
        if (options.Prior.Variational is { } variational)
        {
            CheckVariational(variational, options);
        }
    }

    private static void CheckRestarts(GmmOptions options)
    {
        if (options.Start.Restarts < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The number of restarts must be at least 1.");
        }

        if (options.Start.Restarts > 1 && options.Start.Posteriors is not null)
        {
            throw new ArgumentException(
                "Restarts differ in their random numbers, but a start from given posteriors uses none: leave Start.Restarts at 1.",
                nameof(options));
        }
    }

    private static void CheckEnumerations(GmmOptions options)
    {
        CheckDefined(options.Stopping.ToleranceOn);
        CheckDefined(options.Stopping.Test);
        CheckDefined(options.Start.Method);
        CheckDefined(options.Start.Distances);
        CheckDefined(options.Covariance.VarianceFloorOn);
        CheckDefined(options.MissingValues);
        CheckDefined<Acceleration>(options.Acceleration);
        CheckDefined<Verbosity>(options.Verbose);
        CheckDefined<ShrinkageMethod>(options.Covariance.ShrinkageMethod);
        CheckDefined<SingularCovarianceHandling>(options.Covariance.WhenSingular);
    }

    /// <summary>Checks the priors of variational training as far as they do not depend on the rows.</summary>
    private static void CheckVariational(GmmVariationalOptions priors, GmmOptions options)
    {
        CheckPositive(priors.Concentration ?? 1, "The weight concentration must be a positive number.");
        CheckPositive(priors.MeanPrecision, "The mean precision must be a positive number.");
        CheckPositive(priors.DegreesOfFreedom ?? 1, "The degrees of freedom must be a positive number above D - 1.");
        CheckDefined<WeightPrior>(priors.Weights);
        if (options.Prior.Alpha > 0 || options.Prior.Relevance is not null || options.Update.Frozen != MixtureParameters.None)
        {
            throw new ArgumentException(
                "Variational training has its own priors and updates all parameters: leave Alpha, Relevance and Frozen unset.",
                nameof(options));
        }
    }

    private static void CheckPositive(double value, string message, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }

    /// <summary>Checks the relevance factor, and that at least one parameter is updated.</summary>
    private static void CheckUpdates(GmmOptions options)
    {
        if (options.Prior.Relevance is { } relevance)
        {
            CheckRange(relevance, double.MaxValue, "The relevance factor must be a number of at least 0.");
            if (options.Prior.Ubm is null)
            {
                throw new ArgumentException("A relevance factor requires a background model: set Prior.Ubm.", nameof(options));
            }

            if (options.Prior.Alpha > 0)
            {
                throw new ArgumentException(
                    "Alpha and a relevance factor are two ways to adapt a background model: set only one of them.", nameof(options));
            }

            // The weight of the prior differs between components, but they have one covariance.
            bool isTied = options.Covariance.Kind
                is CovarianceKind.Tied or CovarianceKind.TiedDiagonal or CovarianceKind.TiedSpherical;
            if (isTied && options.Prior.Adapted.HasFlag(MixtureParameters.Covariances))
            {
                throw new ArgumentException(
                    "With tied covariances, a relevance factor adapts weights and means, but not variances.", nameof(options));
            }
        }

        if (ResolvedOptions.UpdatedBy(options) == MixtureParameters.None)
        {
            throw new ArgumentException(
                "No parameter is updated, so there is nothing to train: adapt or leave free at least one of weights, means and "
                + "covariances.",
                nameof(options));
        }
    }

    private static void CheckParameters(MixtureParameters value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if ((value & ~MixtureParameters.All) != 0)
        {
            throw new ArgumentOutOfRangeException(name, $"{value} is not a combination of values of {nameof(MixtureParameters)}.");
        }
    }

    /// <summary>Checks K and D of a model.</summary>
    public static void CheckShape(GaussianMixture model, int mixtureCount, int dimension, string what, string name)
    {
        if (model.ComponentCount != mixtureCount || model.Dimension != dimension)
        {
            throw new ArgumentException(
                $"{what} has {model.ComponentCount} components of dimension {model.Dimension}, not {mixtureCount} of dimension "
                + $"{dimension}.", name);
        }
    }

    /// <summary>Checks a given starting model, which may have fewer components than wanted.</summary>
    public static void CheckStart(GaussianMixture start, GmmOptions options, int mixtureCount, int dimension, string name)
    {
        if (start.ComponentCount > mixtureCount)
        {
            throw new ArgumentException(
                $"The starting model has {start.ComponentCount} components, more than the {mixtureCount} to train: components can be "
                + "split, but not removed.", name);
        }

        CheckShape(start, start.ComponentCount, dimension, "The starting model", name);
        if (options.Start.Restarts > 1)
        {
            throw new ArgumentException("Restarts differ in their random numbers, but a given starting model uses none.", name);
        }
    }

    private static void CheckRange(
        double value, double maximum, string message, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        // Negated so that NaN fails.
        if (!(value >= 0 && value <= maximum))
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }

    private static void CheckDefined<TEnum>(TEnum? value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where TEnum : struct, Enum
    {
        if (value is { } given && !Enum.IsDefined(given))
        {
            throw new ArgumentOutOfRangeException(name, $"{value} is not a defined value of {typeof(TEnum).Name}.");
        }
    }
}
