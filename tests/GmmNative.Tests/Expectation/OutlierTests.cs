using Xunit;

namespace GmmNative.Tests.Expectation;

/// <summary>A few rows far from all others, on one side, must not send all rows the slow way.</summary>
public class OutlierTests
{
    [Theory]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Full)]
    public void Fit_SixRowsFarToOneSide_LeavesTheOthersToTheProducts(CovarianceKind covariance)
    {
        const int Rows = 20000;
        const int Dimension = 3;
        Random random = new(1);
        double[] rows = new double[Rows * Dimension];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextDouble() + random.NextDouble() + (4 * (i / Dimension % 3));
        }

        rows.AsSpan(300, 6 * Dimension).Fill(1e7);
        for (int t = 0; t < 6; t++)
        {
            rows[300 + (t * Dimension)] += t;
        }

        GmmOptions options = new() { Covariance = new() { Kind = covariance }, Stopping = new() { Iterations = 10, Tolerance = 0 } };
        GmmFitResult result = new GaussianMixtureModeling(Dimension - 1, 4, options).Fit(
            VectorSource.From((ReadOnlyMemory<double>)rows, Dimension));

        // Components on the far rows, one or two of them, are far from any shift. The others take the centered form in the far rows' chunk
        // alone.
        int far = Enumerable.Range(0, 4).Count(k => result.Model.Mean(k)[0] > 1e6);
        Assert.InRange(far, 1, 2);
        Assert.InRange(result.Diagnostics.CenteredShare, far / 4.0, (far / 4.0) + 0.03);
        Assert.True(double.IsFinite(result.TotalLogLikelihood));
    }
}
