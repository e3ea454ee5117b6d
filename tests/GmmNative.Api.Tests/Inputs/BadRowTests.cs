using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests.Inputs;

/// <summary>Rows that are missing or differ in length: the exception names the row.</summary>
public sealed class BadRowTests
{
    public static TheoryData<double[]?[], string> BadRows => new()
    {
        { [[1, 2], [3]], "Row 2 has length 1, but row 1 has length 2; all rows need the same length." },
        { [[1, 2], [3, 4], [5, 6, 7]], "Row 3 has length 3, but row 1 has length 2; all rows need the same length." },
        { [null], "Row 1 is null." },
        { [[1, 2], null], "Row 2 is null." },
        { [[]], "Row 1 is empty: a row needs at least one number." },
        { [[1, 2], []], "Row 2 is empty: a row needs at least one number." },
        { [], "There are no rows." },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void From_BadRows_NamesTheRow(double[]?[] rows, string message)
    {
        float[]?[] single = [.. rows.Select(row => row is null ? null : Array.ConvertAll(row, x => (float)x))];
        Assert.All(
            (Action[])[
                () => VectorSource.From(rows!), () => VectorSource.From(rows.Select(row => row!)), () => VectorSource.From(single!),
                () => VectorSource.From(single.Select(row => row!)), () => new GaussianMixtureTrainer(1).Fit(rows!),
                () => Samples.Model.LogDensities(rows!), () => GaussianMixture.Fit(rows!, 1),
            ],
            act => Assert.Equal(message, Assert.Throws<VectorDataException>(act).Message));
    }

    [Fact]
    public void From_NoSequence_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => VectorSource.From((double[][])null!));
        Assert.Throws<ArgumentNullException>(() => VectorSource.From((IEnumerable<float[]>)null!));
    }

    [Fact]
    public void Fit_ValueNotFinite_NamesTheRow()
    {
        VectorDataException e = Assert.Throws<VectorDataException>(
            () => new GaussianMixtureTrainer(1).Fit((double[][])[[1, 2], [3, double.NaN]]));
        Assert.Contains("row 2", e.Message, StringComparison.OrdinalIgnoreCase);
    }
}
