using System.Numerics;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>
/// The bounds of rounding analysis that results are held to (Higham, Accuracy and Stability of Numerical Algorithms, 2002).
/// </summary>
internal static class ErrorBound<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Half the distance from 1 to the next number.</summary>
    public static double UnitRoundoff { get; } = double.CreateChecked(T.BitIncrement(T.One) - T.One) / 2;

    /// <summary>gamma_n = n u / (1 - n u), which bounds the relative effect of n roundings in any order (3.1).</summary>
    public static double Gamma(int n) => n * UnitRoundoff / (1 - (n * UnitRoundoff));

    /// <summary>Asserts |actual - expected| &lt;= factor * scale, element by element, in the lower triangle or everywhere.</summary>
    public static void AssertWithin(
        DenseMatrix expected, DenseMatrix actual, DenseMatrix scale, double factor, string what, bool lowerOnly = false)
    {
        for (int i = 0; i < expected.Rows; i++)
        {
            for (int j = 0; j < (lowerOnly ? i + 1 : expected.Columns); j++)
            {
                double error = Math.Abs((actual[i, j] - expected[i, j]).High);
                double bound = factor * scale[i, j].High;
                if (!(error <= bound))
                {
                    Assert.Fail(
                        $"{what}, element ({i}, {j}): {actual[i, j]} for {expected[i, j]}, error {error:E2} over the bound {bound:E2}.");
                }
            }
        }
    }
}
