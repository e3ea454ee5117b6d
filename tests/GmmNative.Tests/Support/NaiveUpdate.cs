using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>What <see cref="NaiveMixture"/>'s M-step gives.</summary>
internal sealed class NaiveUpdate(int components, int dimension)
{
    /// <summary>N_k, without the background model's share.</summary>
    public DoubleDouble[] Occupancies { get; } = new DoubleDouble[components];

    public DoubleDouble[] Weights { get; } = new DoubleDouble[components];

    public DoubleDouble[][] Means { get; } = [.. Enumerable.Range(0, components).Select(_ => new DoubleDouble[dimension])];

    public DenseMatrix[] Covariances { get; } = [.. Enumerable.Range(0, components).Select(_ => new DenseMatrix(dimension, dimension))];
}
