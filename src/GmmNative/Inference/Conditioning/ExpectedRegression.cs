using System.Numerics.Tensors;
using GmmNative.Interop.Seam;
using GmmNative.Scoring;
using GmmNative.Scoring.Regression;
using GmmNative.Scoring.Results;

namespace GmmNative.Inference.Conditioning;

/// <summary>
/// The expected value of the target coordinates given the others, E[y | x] = sum_k c_k u_k, and their covariance
/// sum_k c_k (C_k + (u_k - E)(u_k - E)'), with the posteriors c, conditional means u and conditional covariances C. Thread-safe.
/// </summary>
/// <param name="regression">The regression under each component.</param>
/// <param name="withCovariances">Whether to compute covariances.</param>
internal sealed class ExpectedRegression(MixtureRegression regression, bool withCovariances) : IRowRegression
{
    /// <inheritdoc/>
    public GaussianMixture Marginal => regression.Marginal;

    /// <inheritdoc/>
    public ResultKinds Needs => ResultKinds.Posteriors;

    /// <inheritdoc/>
    public int Wanted => regression.Wanted;

    /// <inheritdoc/>
    public int CovarianceLength => withCovariances ? checked(Wanted * Wanted) : 0;

    /// <summary>The scratch numbers of a row: a difference and, for covariances, the conditional means of all components.</summary>
    public int ScratchLength => regression.Given + checked(Wanted * (withCovariances ? Marginal.ComponentCount : 1));

    /// <inheritdoc/>
    public IRowRegression OfObserved(int[] observed) => new ExpectedRegression(regression.OfObserved(observed), withCovariances);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<double> rows, in RowResults results, Span<double> predicted, Span<double> covariances)
    {
        int given = regression.Given;
        int wanted = Wanted;
        int length = CovarianceLength;
        int components = Marginal.ComponentCount;
        Span<double> scratch = Scratch<double>.Take(Scratch<double>.Components, ScratchLength);
        for (int r = 0; r < results.Count; r++)
        {
            PredictRow(
                rows.Slice(r * given, given), results.Posteriors.Slice(r * components, components), scratch,
                predicted.Slice(r * wanted, wanted), covariances.Slice(r * length, length));
        }
    }

    /// <summary>Predicts one row.</summary>
    /// <param name="row">The given coordinates.</param>
    /// <param name="posterior">The K posteriors of the row.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers.</param>
    /// <param name="expected">Receives Y numbers.</param>
    /// <param name="covariance">Receives <see cref="CovarianceLength"/> numbers.</param>
    public void PredictRow(
        ReadOnlySpan<double> row, ReadOnlySpan<double> posterior, Span<double> scratch, Span<double> expected, Span<double> covariance)
    {
        int wanted = Wanted;
        Span<double> difference = scratch[..regression.Given];
        Span<double> means = scratch[regression.Given..];
        expected = expected[..wanted];
        expected.Clear();
        for (int k = 0; k < posterior.Length; k++)
        {
            // A posterior of zero adds nothing, even where a mean far away overflows.
            if (posterior[k] > 0)
            {
                Span<double> mean = means.Slice(withCovariances ? k * wanted : 0, wanted);
                regression.Predict(k, row, difference, mean);
                TensorPrimitives.MultiplyAdd(mean, posterior[k], expected, expected);
            }
        }

        if (withCovariances)
        {
            AddSpread(posterior, means, expected, covariance[..CovarianceLength]);
        }
    }

    private void AddSpread(ReadOnlySpan<double> posterior, Span<double> means, ReadOnlySpan<double> expected, Span<double> covariance)
    {
        int wanted = expected.Length;
        covariance.Clear();
        for (int k = 0; k < posterior.Length; k++)
        {
            if (!(posterior[k] > 0))
            {
                continue;
            }

            Span<double> difference = means.Slice(k * wanted, wanted);
            TensorPrimitives.Subtract(difference, expected, difference);
            TensorPrimitives.MultiplyAdd(regression.Covariance(k).Span, posterior[k], covariance, covariance);
            for (int i = 0; i < wanted; i++)
            {
                Span<double> lower = covariance.Slice(i * wanted, i + 1);
                TensorPrimitives.MultiplyAdd(difference[..(i + 1)], posterior[k] * difference[i], lower, lower);
            }
        }

        for (int i = 0; i < wanted; i++)
        {
            for (int j = 0; j < i; j++)
            {
                covariance[(j * wanted) + i] = covariance[(i * wanted) + j];
            }
        }
    }
}
