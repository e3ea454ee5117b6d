namespace GmmNative;

/// <summary>How target coordinates are predicted from given coordinates.</summary>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// RegressionResult result = model.CreateRegressor(given: [0]).Predict(new double[,] { { 1.5 }, { 2.5 } }, RegressionKind.Best);
/// </code>
/// </example>
public enum RegressionKind
{
    /// <summary>The conditional mean of the most probable component, mu_y + Sigma_yx Sigma_xx^-1 (x - mu_x), and its covariance.</summary>
    Best,

    /// <summary>The expected value E[y | x] of the whole mixture, and its covariance.</summary>
    Expected,
}
