using CsCheck;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>The reference arithmetic itself: against digits printed in tables, and against its own inverse functions.</summary>
public sealed class DoubleDoubleTests
{
    // Two roundings of about 2^-104 each, and those of the digits that are read.
    private const double Tolerance = 1e-30;

    // Numbers of both signs and many magnitudes whose low parts are not zero.
    private static readonly Gen<DoubleDouble> Numbers = Gen.Select(
        Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Int[-60, 60], (high, low, exponent) =>
            ((DoubleDouble)high + (low * Math.ScaleB(1, -54))) * Math.ScaleB(1, exponent));

    private static readonly Gen<DoubleDouble> Positive = Numbers.Select(DoubleDouble.Abs).Where(value => value.High > 1e-30);

    [Theory]
    [InlineData("1", "2.71828182845904523536028747135266249775725")]
    [InlineData("-1", "0.36787944117144232159552377016146086744581")]
    [InlineData("0.5", "1.64872127070012814684865078781416357165377")]
    [InlineData("10", "22026.4657948067165169579006452842443663535126")]
    public void Exp_TabledArguments_HasThirtyDigits(string argument, string expected) =>
        AssertClose(DoubleDouble.Parse(expected), DoubleDouble.Exp(DoubleDouble.Parse(argument)));

    [Theory]
    [InlineData("2", "0.69314718055994530941723212145817656807550")]
    [InlineData("10", "2.30258509299404568401799145468436420760110")]
    [InlineData("3", "1.09861228866810969139524523692252570464749")]
    public void Log_TabledArguments_HasThirtyDigits(string argument, string expected) =>
        AssertClose(DoubleDouble.Parse(expected), DoubleDouble.Log(DoubleDouble.Parse(argument)));

    [Theory]
    [InlineData("2", "1.41421356237309504880168872420969807856967")]
    [InlineData("3", "1.73205080756887729352744634150587236694281")]
    public void Sqrt_TabledArguments_HasThirtyDigits(string argument, string expected) =>
        AssertClose(DoubleDouble.Parse(expected), DoubleDouble.Sqrt(DoubleDouble.Parse(argument)));

    [Fact]
    public void Divide_OneByThree_HasThirtyDigits() =>
        AssertClose(DoubleDouble.Parse("0.3333333333333333333333333333333333333333"), DoubleDouble.One / 3);

    [Fact]
    public void Add_NumbersThatCancel_KeepsTheDifference()
    {
        DoubleDouble one = DoubleDouble.One;
        DoubleDouble tiny = Math.ScaleB(1, -80);
        Assert.Equal(tiny, (one + tiny) - one);

        // Of the square, 1 + 2 tiny + tiny^2, the last term is beyond the digits of the sum.
        DoubleDouble error = ((one + tiny) * (one + tiny)) - one - (tiny * 2);
        Assert.True(DoubleDouble.Abs(error) <= Math.ScaleB(1, -104), $"{error}");
    }

    [Fact]
    public void Operators_RandomNumbers_InvertEachOther() => Gen.Select(Numbers, Positive).Sample((a, b) =>
    {
        AssertClose(a, (a / b) * b);
        AssertClose(b, DoubleDouble.Sqrt(b) * DoubleDouble.Sqrt(b));
        Assert.True(DoubleDouble.Abs((a + b) - b - a) <= DoubleDouble.Max(DoubleDouble.Abs(a), b) * Tolerance);
    });

    [Fact]
    public void Multiply_RandomNumbers_IsDistributive() => Gen.Select(Positive, Positive, Positive).Sample((a, b, c) =>
        AssertClose((a * b) + (a * c), a * (b + c)));

    [Fact]
    public void ExpAndLog_RandomNumbers_InvertEachOther() => Positive.Sample(value =>
    {
        // An error of d in the logarithm is a relative error of d in the number.
        DoubleDouble log = DoubleDouble.Log(value);
        DoubleDouble error = DoubleDouble.Abs((DoubleDouble.Exp(log) / value) - 1);
        Assert.True(error <= Tolerance * Math.Max(1, Math.Abs(log.High)), $"{value}: {error}");
    });

    [Fact]
    public void Exp_Sums_AreProducts() => Gen.Select(Gen.Double[-30, 30], Gen.Double[-30, 30]).Sample((a, b) =>
    {
        DoubleDouble error = DoubleDouble.Abs((DoubleDouble.Exp((DoubleDouble)a + b) / (DoubleDouble.Exp(a) * DoubleDouble.Exp(b))) - 1);
        Assert.True(error <= 60 * Tolerance, $"{a}, {b}: {error}");
    });

    [Fact]
    public void Compare_RandomNumbers_AgreesWithTheSignOfTheDifference() => Gen.Select(Numbers, Numbers).Sample((a, b) =>
    {
        Assert.Equal(Math.Sign((a - b).High), Math.Sign(a.CompareTo(b)));
        Assert.Equal(a < b, b > a);
        Assert.Equal(a <= b, !(a > b));
    });

    [Theory]
    [InlineData("1e5")]
    [InlineData("1.2.3")]
    [InlineData("x")]
    public void Parse_NoPlainNumber_Throws(string text) => Assert.Throws<FormatException>(() => DoubleDouble.Parse(text));

    private static void AssertClose(DoubleDouble expected, DoubleDouble actual) => Assert.True(
        DoubleDouble.Abs(actual - expected) <= DoubleDouble.Abs(expected) * Tolerance, $"{actual} for {expected}");
}
