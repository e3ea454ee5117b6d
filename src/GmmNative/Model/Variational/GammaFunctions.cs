namespace GmmNative.Model.Variational;

/// <summary>
/// The logarithm of the gamma function, and its derivative, the digamma function, for positive arguments. Relative errors are below
/// 1.5e-15, also near the zeros, where the functions are Taylor series about the zero.
/// </summary>
internal static class GammaFunctions
{
    /// <summary>The zero of the digamma function, 1.4616..., as the sum of two doubles.</summary>
    private const double ZeroHigh = 1.4616321449683622;
    private const double ZeroLow = 9.549995429965697E-17;

    /// <summary>The distance from the zero up to which the Taylor series is used. It converges for distances below 1.46.</summary>
    private const double NearZero = 0.4;

    /// <summary>From this argument on, eight terms of the asymptotic series of the digamma function have an error below 1e-17.</summary>
    private const double LargeForDigamma = 12;

    /// <summary>From this argument on, eight terms of Stirling's series have an error below 1e-17.</summary>
    private const double LargeForLogGamma = 10;

    /// <summary>log(2 pi) / 2.</summary>
    private const double HalfLogTwoPi = 0.9189385332046728;

    /// <summary>The derivatives of the digamma function at its zero, of order n = 1, 2, ..., divided by n!.</summary>
    private static readonly double[] AtZero =
    [
        0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237,
        -0.07219956125645471, 0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896,
        0.010538791616612175, -0.007204534386356869, 0.004926781395729853, -0.003369801655439328, 0.002305126326734928,
        -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077,
        0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741, -7.569179582195066E-05,
        5.178575795222081E-05, -3.5430070947659604E-05, 2.424006611860132E-05, -1.6584242271854135E-05,
        1.134638458466385E-05, -7.762817668462094E-06, 5.3110609208898636E-06,
    ];

    /// <summary>B_2n / (2 n), with the Bernoulli numbers B.</summary>
    private static readonly double[] Asymptotic =
    [
        0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576,
        -0.021092796092796094, 0.08333333333333333, -0.4432598039215686,
    ];

    /// <summary>B_2n / (2 n (2 n - 1)).</summary>
    private static readonly double[] Stirling =
    [
        0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417,
        -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
    ];

    /// <summary>The Taylor series of log Gamma(2 + z): 1 - gamma, then (-1)^n (zeta(n) - 1) / n for n = 2, 3, ...</summary>
    private static readonly double[] AtTwo =
    [
        0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
        0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853E-05,
        -4.492623673813314E-05, 2.050721277567069E-05, -9.439488275268397E-06, 4.374866789907488E-06, -2.039215753801366E-06,
        9.55141213040742E-07, -4.492469198764566E-07, 2.1207184805554665E-07, -1.0043224823968099E-07,
        4.7698101693639804E-08, -2.2711094608943164E-08, 1.0838659214896955E-08, -5.183475041970047E-09,
        2.4836745438024785E-09, -1.1921401405860912E-09, 5.731367241678862E-10, -2.7595228851242334E-10,
        1.330476437424449E-10, -6.4229645638381E-11, 3.1044247747322276E-11, -1.5021384080754142E-11,
    ];

    /// <summary>Computes the digamma function, the derivative of log Gamma.</summary>
    /// <param name="x">The argument, positive.</param>
    public static double Digamma(double x)
    {
        double distance = x - ZeroHigh - ZeroLow;
        if (Math.Abs(distance) < NearZero)
        {
            return Series(AtZero, distance);
        }

        // psi(x) = psi(x + 1) - 1 / x. The sum is computed in two doubles, because it almost cancels the logarithm for small x.
        double high = 0;
        double low = 0;
        while (x < LargeForDigamma)
        {
            double reciprocal = 1 / x;
            low += Math.FusedMultiplyAdd(-reciprocal, x, 1) / x;
            double sum = high + reciprocal;
            double added = sum - high;
            low += high - (sum - added) + (reciprocal - added);
            high = sum;
            x += 1;
        }

        return Math.Log(x) - high - (low + (0.5 / x) + Series(Asymptotic, 1 / (x * x)));
    }

    /// <summary>Computes the natural logarithm of the gamma function.</summary>
    /// <param name="x">The argument, positive.</param>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Series(AtTwo, x) - LogOnePlus(x) - Math.Log(x);
        }

        if (x < 1.5)
        {
            return Series(AtTwo, x - 1) - LogOnePlus(x - 1);
        }

        if (x >= LargeForLogGamma)
        {
            return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + (Series(Stirling, 1 / (x * x)) * x);
        }

        double product = 1;
        while (x >= 2.5)
        {
            x -= 1;
            product *= x;
        }

        return Series(AtTwo, x - 2) + Math.Log(product);
    }

    /// <summary>Computes c_1 z + c_2 z^2 + ...</summary>
    private static double Series(double[] coefficients, double z)
    {
        double sum = 0;
        for (int n = coefficients.Length - 1; n >= 0; n--)
        {
            sum = (sum * z) + coefficients[n];
        }

        return sum * z;
    }

    /// <summary>
    /// Computes log(1 + z). The rounding of 1 + z changes both factors of the quotient alike. <see cref="double.LogP1"/> does not correct
    /// it.
    /// </summary>
    private static double LogOnePlus(double z)
    {
        double sum = 1 + z;
        return sum == 1 ? z : Math.Log(sum) * z / (sum - 1);
    }
}
