using CsCheck;
using GmmNative.Files;
using Xunit;

namespace GmmNative.Tests.Files;

public class LineMapTests
{
    [Fact]
    public void LineOf_AnyRow_IsTheLineThatWasAdded() =>
        Gen.Frequency((8, Gen.Const(1L)), (2, Gen.Long[2, 5]), (1, Gen.Long[100, 20_000]), (1, Gen.Const(1L << 40)))
        .Array[1, 60].Sample(steps =>
        {
            LineMap map = new();
            long line = 0;
            List<long> lines = [];
            foreach (long step in steps)
            {
                line += step;
                map.Add(lines.Count, line);
                lines.Add(line);
            }

            Assert.Equal(lines, Enumerable.Range(0, lines.Count).Select(row => map.LineOf(row)));
        });

    [Fact]
    public void Add_ALineSkippedAtEveryRow_TakesFewBytesEach()
    {
        LineMap map = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 0; row < 1_000_000; row++)
        {
            map.Add(row, (2 * row) + 1);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 6_000_000);
        Assert.Equal(1_999_999, map.LineOf(999_999));
    }
}
