using GmmNative.Interop.Seam;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Regression;

/// <summary>Regression under the most probable component of each row (<c>vc</c> in SPTK, <c>transform</c> in diffsptk).</summary>
/// <param name="regression">The regression under each component.</param>
/// <param name="withCovariances">Whether to return the conditional covariance of that component.</param>
internal sealed class BestRegression(MixtureRegression regression, bool withCovariances) : IRowRegression
{
    /// <inheritdoc/>
    public GaussianMixture Marginal => regression.Marginal;

    /// <inheritdoc/>
    public ResultKinds Needs => ResultKinds.Label;

    /// <inheritdoc/>
    public int Wanted => regression.Wanted;

    /// <inheritdoc/>
    public int CovarianceLength => withCovariances ? checked(Wanted * Wanted) : 0;

    /// <inheritdoc/>
    public IRowRegression OfObserved(int[] observed) => new BestRegression(regression.OfObserved(observed), withCovariances);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<double> rows, in RowResults results, Span<double> predicted, Span<double> covariances)
    {
        int given = regression.Given;
        int wanted = Wanted;
        int length = CovarianceLength;
        ReadOnlySpan<int> labels = results.Labels;
        Span<double> difference = Scratch<double>.Take(Scratch<double>.Components, given);
        for (int r = 0; r < labels.Length; r++)
        {
            regression.Predict(labels[r], rows.Slice(r * given, given), difference, predicted.Slice(r * wanted, wanted));
            if (length > 0)
            {
                regression.Covariance(labels[r]).Span.CopyTo(covariances.Slice(r * length, length));
            }
        }
    }
}
