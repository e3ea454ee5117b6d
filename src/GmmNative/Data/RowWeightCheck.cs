using System.Globalization;
using System.Numerics.Tensors;

namespace GmmNative.Data;

/// <summary>Checks the weights of rows.</summary>
internal static class RowWeightCheck
{
    /// <summary>
    /// Limits of the largest weight. Within them, sums of weighted squares neither overflow nor underflow for values of any usual scale.
    /// </summary>
    private const double MaximumScale = 1e150;

    /// <summary>Throws unless all weights are finite and not negative, and one is positive.</summary>
    /// <param name="weights">T weights.</param>
    /// <exception cref="VectorDataException">A weight is negative or not finite, or all weights are zero or out of scale.</exception>
    public static void Check(ReadOnlySpan<double> weights)
    {
        CheckEach(weights, i => $"Row weight {i + 1}");
        CheckLargest(weights, "The row weights");
    }

    /// <summary>Throws unless all weights are finite and not negative.</summary>
    /// <param name="weights">T weights.</param>
    /// <param name="nameOf">Returns the name of a weight in messages.</param>
    /// <exception cref="VectorDataException">A weight is negative or not finite.</exception>
    public static void CheckEach(ReadOnlySpan<double> weights, Func<int, string> nameOf)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = weights[i];
            if (!double.IsFinite(weight) || weight < 0)
            {
                string value = weight.ToString("R", CultureInfo.InvariantCulture);
                throw new VectorDataException($"{nameOf(i)} is {value}: row weights must be finite and not negative.");
            }
        }
    }

    /// <summary>Throws unless the largest weight is positive and has a usable scale.</summary>
    /// <param name="weights">T weights.</param>
    /// <param name="name">The name of the weights in messages.</param>
    /// <exception cref="VectorDataException">All weights are zero or out of scale.</exception>
    public static void CheckLargest(ReadOnlySpan<double> weights, string name)
    {
        double largest = TensorPrimitives.Max(weights);
        if (largest == 0)
        {
            throw new VectorDataException($"{name} sum to 0: at least one of them must be positive.");
        }

        if (largest is < 1 / MaximumScale or > MaximumScale)
        {
            throw new VectorDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} are at most {largest:R}: the largest must be between {1 / MaximumScale:R} and {MaximumScale:R}, so scale them."));
        }
    }

    /// <summary>Throws unless there is one weight per row.</summary>
    /// <param name="weights">The number of weights.</param>
    /// <param name="rows">The number of rows.</param>
    /// <exception cref="VectorDataException">The numbers differ.</exception>
    public static void CheckCount(long weights, long rows)
    {
        if (weights != rows)
        {
            throw OtherCount(weights, $"{rows}");
        }
    }

    /// <summary>Creates the exception for a source that has another number of rows than there are weights.</summary>
    /// <param name="weights">The number of weights.</param>
    /// <param name="rows">The number of rows, in words.</param>
    public static VectorDataException OtherCount(long weights, string rows) =>
        new($"There are {weights} row weights for {rows} rows: give one for each row.");
}
