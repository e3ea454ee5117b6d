namespace GmmNative;

/// <summary>K rows drawn at random as means, equal weights, and the variances of all data.</summary>
internal sealed class RandomInitialization(InitializationContext context)
{
    /// <summary>Finds the starting model.</summary>
    public GaussianMixture Run()
    {
        long[] rows = RandomRows.Draw(context.Summary.Rows, context.Components, context.Random);
        return new KMeans(context).WithDataVariances(RandomRows.Read(context.Rows, rows, context.CancellationToken));
    }
}
