using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Results;

/// <summary>Predicts target coordinates of rows from given coordinates and the results of the E-step. Thread-safe.</summary>
internal interface IRowRegression
{
    /// <summary>The mixture of the given coordinates, under which rows are scored.</summary>
    GaussianMixture Marginal { get; }

    /// <summary>The results of the E-step that a prediction needs.</summary>
    ResultKinds Needs { get; }

    /// <summary>The number of predicted coordinates, Y.</summary>
    int Wanted { get; }

    /// <summary>The number of elements per row of the conditional covariances: Y * Y, or 0 if they are not requested.</summary>
    int CovarianceLength { get; }

    /// <summary>Returns the regression of the same targets on some of the given coordinates.</summary>
    /// <param name="observed">The places of these coordinates among the given ones, ascending; empty if nothing is observed.</param>
    IRowRegression OfObserved(int[] observed);

    /// <summary>Predicts consecutive rows.</summary>
    /// <param name="rows">T rows of given coordinates.</param>
    /// <param name="results">The results of these rows.</param>
    /// <param name="predicted">Receives T x Y numbers.</param>
    /// <param name="covariances">Receives T x <see cref="CovarianceLength"/> numbers.</param>
    void Predict(ReadOnlySpan<double> rows, in RowResults results, Span<double> predicted, Span<double> covariances);
}
