using GmmNative.Scoring;
using Xunit;

namespace GmmNative.Tests.Scoring;

/// <summary>The largest of a row of posteriors.</summary>
public sealed class LargestPosteriorsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(17)]
    public void Find_RandomRowsWithTies_IsASort(int components)
    {
        Random random = new(components);
        for (int trial = 0; trial < 50; trial++)
        {
            // Few different values, so that there are ties.
            double[] row = [.. Enumerable.Range(0, components).Select(_ => random.Next(6) / 6.0)];
            for (int wanted = 1; wanted <= components; wanted++)
            {
                double[] found = new double[2 * wanted];
                LargestPosteriors.Find(row, found);
                int[] order = [.. Enumerable.Range(0, components).OrderByDescending(k => row[k]).Take(wanted)];
                Assert.Equal([.. order.Select(k => (double)k), .. order.Select(k => row[k])], found);
            }
        }
    }
}
