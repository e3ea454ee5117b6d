using System.Runtime.CompilerServices;

namespace GmmNative;

/// <summary>The ranges of <see cref="GmmOptions"/>.</summary>
internal static class GmmOptionsValidation
{
    /// <summary>The reference's default weight floor.</summary>
    public const double DefaultWeightFloor = 1e-5;

    /// <summary>Checks all options but the block sizes, which the covariance structure checks.</summary>
    /// <exception cref="ArgumentException">One is out of its range, or does not fit.</exception>
    public static void Validate(GmmOptions options, int mixtureCount, int dimension)
    {
        ArgumentNullException.ThrowIfNull(options.Execution);
        options.Execution.Validate();
        if (options.Iterations < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The number of iterations must be at least 1.");
        }

        CheckRange(options.Tolerance, double.MaxValue, "The tolerance must be a number, 0 or more.");
        CheckRange(options.VarianceFloor, double.MaxValue, "The variance floor must be a number, 0 or more.");
        CheckRange(options.Alpha, 1, "Alpha must lie between 0 and 1.");
        if (options.WeightFloor is { } weightFloor)
        {
            CheckRange(weightFloor, 1.0 / mixtureCount, $"The weight floor must lie between 0 and 1/K = {1.0 / mixtureCount}.");
        }

        CheckDefined(options.ToleranceOn);
        CheckDefined(options.Verbose);
        CheckDefined(options.SingularCovariance);
        if (options.Ubm is { } ubm)
        {
            CheckShape(ubm, mixtureCount, dimension, "The background model", nameof(options));
        }
        else if (options.Alpha > 0)
        {
            throw new ArgumentException("Alpha is not 0, but there is no background model (ubm) for it to weigh.", nameof(options));
        }
    }

    /// <summary>Checks a model's K and D.</summary>
    public static void CheckShape(GaussianMixture model, int mixtureCount, int dimension, string what, string name)
    {
        if (model.ComponentCount != mixtureCount || model.Dimension != dimension)
        {
            throw new ArgumentException(
                $"{what} has {model.ComponentCount} components of dimension {model.Dimension}, not {mixtureCount} of dimension {dimension}.", name);
        }
    }

    private static void CheckRange(
        double value, double most, string message, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        // Negated so that NaN fails.
        if (!(value >= 0 && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }

    private static void CheckDefined<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, $"{value} is not a defined value of {typeof(TEnum).Name}.");
        }
    }
}
