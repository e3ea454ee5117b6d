namespace GmmNative;

/// <summary>What <see cref="GaussianMixtureModeling.Transform"/> returns for T rows of N+1 coordinates under a model of order M.</summary>
/// <param name="Converted">T x (M-N): the regression of the other coordinates on the given ones under the row's most likely component; <see
/// langword="null"/> when N = M.</param>
/// <param name="Labels">T: the component with the largest posterior under the marginal of the given coordinates, from 0.</param>
/// <param name="LogDensities">T: log-density of the given coordinates under their marginal, nats.</param>
public sealed record TransformResult(double[,]? Converted, int[] Labels, double[] LogDensities);
