using GmmNative.Model.Variational;
using Xunit;

namespace GmmNative.Tests.Model;

/// <summary>The digamma function and the logarithm of the gamma function against values computed with 40 digits (mpmath).</summary>
public sealed class GammaFunctionTests
{
    /// <summary>The argument, the digamma function and the logarithm of the gamma function, rounded from 40 digits.</summary>
    public static TheoryData<double, double, double> Values => new()
    {
        { 5.696189077778436E-306, -1.7555597020139804E305, 702.8512410877845 },
        { 1E-300, -9.999999999999999E299, 690.7755278982137 },
        { 1E-17, -1E17, 39.14394658089878 },
        { 1E-09, -1000000000.5772156, 20.723265836369194 },
        { 0.001, -1000.5755719318103, 6.907178885383853 },
        { 0.1, -10.423754940411076, 2.252712651734206 },
        { 0.25, -4.2274535333762655, 1.2880225246980774 },
        { 0.4999999, -1.9635105195017277, 0.5723651392757274 },
        { 0.5, -1.9635100260214235, 0.5723649429247001 },
        { 0.75, -1.0858608797864722, 0.20328095143129538 },
        { 0.9999999999, -0.5772156650660263, 5.7721571274281786E-11 },
        { 1.0, -0.5772156649015329, 0.0 },
        { 1.0000000001, -0.5772156647370394, -5.772157125783244E-11 },
        { 1.05, -0.4978449912998703, -0.02685307250226019 },
        { 1.0616, -0.48021009585875185, -0.03252552180412538 },
        { 1.0617, -0.48005928007202675, -0.03257353527275136 },
        { 1.25, -0.22745353337626542, -0.09827183642181316 },
        { 1.4, -0.06138454458511624, -0.1196129141723713 },
        { 1.46, -0.0015805619870834522, -0.12148500100400743 },
        { 1.4616321449683622, -9.241265521729427E-17, -0.12148629053584961 },
        { 1.4616321449683625, 1.2245374622004068E-16, -0.12148629053584961 },
        { 1.47, 0.008066489011364869, -0.121452498007656 },
        { 1.4999, 0.03639648961430398, -0.12078588195849393 },
        { 1.5, 0.03648997397857652, -0.12078223763524522 },
        { 1.7, 0.2085478748734939, -0.09580769740706588 },
        { 1.8615, 0.32935181430693744, -0.05218307858364397 },
        { 1.862, 0.3297047882506153, -0.05201831442798485 },
        { 1.9999999, 0.4227842706050584, -4.2278430309861296E-08 },
        { 2.0, 0.42278433509846713, 0.0 },
        { 2.0000001, 0.4227843995918717, 4.227843666532498E-08 },
        { 2.25, 0.5725464666237345, 0.1248717148923966 },
        { 2.4999, 0.7031076036885755, 0.28461255726068263 },
        { 2.5, 0.7031566406452432, 0.2846828704729192 },
        { 3.0, 0.9227843350984671, 0.6931471805599453 },
        { 3.7, 1.1671535393615113, 1.428072326665388 },
        { 5.5, 1.6110931485817512, 3.9578139676187165 },
        { 9.9999, 2.2517420723779034, 12.801602305348396 },
        { 10.0, 2.251752589066721, 12.801827480081469 },
        { 11.999, 2.442574774329119, 17.499865227646104 },
        { 12.0, 2.442661679975812, 17.502307845873887 },
        { 12.5, 2.4851956512749123, 18.734347511936445 },
        { 25.3, 3.210911380182536, 55.74618118358459 },
        { 100.0, 4.600161852738087, 359.1342053695754 },
        { 1234.5, 7.118016231827998, 7550.550901077895 },
        { 1000000.0, 13.815510057964191, 12815504.569147611 },
        { 10000000000.0, 23.025850929890456, 220258509288.81058 },
        { 1000000000000000.0, 34.538776394910684, 3.3538776394910668E16 },
        { 1E100, 230.25850929940458, 2.2925850929940456E102 },
        { 1E300, 690.7755278982137, 6.897755278982137E302 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Digamma_AnyArgument_HasAlmostAllDigits(double x, double digamma, double logGamma)
    {
        _ = logGamma;
        Assert.InRange(GammaFunctions.Digamma(x), digamma - (1.5e-15 * Math.Abs(digamma)), digamma + (1.5e-15 * Math.Abs(digamma)));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void LogGamma_AnyArgument_HasAlmostAllDigits(double x, double digamma, double logGamma)
    {
        _ = digamma;
        Assert.InRange(GammaFunctions.LogGamma(x), logGamma - (1.5e-15 * Math.Abs(logGamma)), logGamma + (1.5e-15 * Math.Abs(logGamma)));
    }

    [Fact]
    public void Functions_Recurrences_Hold()
    {
        Random random = new(3);
        for (int i = 0; i < 1000; i++)
        {
            // Arguments with few bits, so that x + 1 is exact.
            double x = random.Next(1, 1 << 20) / (double)(1 << 14);
            double step = GammaFunctions.Digamma(x + 1) - GammaFunctions.Digamma(x);
            Assert.Equal(1 / x, step, 2e-15 * (Math.Abs(GammaFunctions.Digamma(x)) + Math.Abs(GammaFunctions.Digamma(x + 1)) + 1));
            double logStep = GammaFunctions.LogGamma(x + 1) - GammaFunctions.LogGamma(x);
            double size = Math.Abs(GammaFunctions.LogGamma(x)) + Math.Abs(GammaFunctions.LogGamma(x + 1)) + 1;
            Assert.Equal(Math.Log(x), logStep, 2e-15 * size);
        }
    }
}
