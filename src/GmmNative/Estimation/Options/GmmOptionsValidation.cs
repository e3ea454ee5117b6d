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

        CheckDefined(options.Stopping.ToleranceOn);
        CheckDefined(options.Stopping.Test);
        CheckDefined(options.Start.Method);
        CheckDefined(options.Start.Distances);
        CheckDefined(options.Covariance.VarianceFloorOn);
        CheckDefined<Verbosity>(options.Verbose);
        CheckDefined<ShrinkageMethod>(options.Covariance.ShrinkageMethod);
        CheckDefined<SingularCovarianceHandling>(options.Covariance.WhenSingular);
        if (options.Prior.Ubm is { } ubm)
        {
            CheckShape(ubm, mixtureCount, dimension ?? ubm.Dimension, "The background model", nameof(options));
        }
        else if (options.Prior.Alpha > 0)
        {
            throw new ArgumentException("Alpha requires a background model: set Prior.Ubm, or leave Prior.Alpha at 0.", nameof(options));
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
