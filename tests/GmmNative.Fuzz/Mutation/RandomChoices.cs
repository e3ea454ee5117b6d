namespace GmmNative.Fuzz;

/// <summary>Random decisions.</summary>
internal static class RandomChoices
{
    /// <summary>Any of the items.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>True once in <paramref name="n"/> times.</summary>
    public static bool OnceIn(this Random random, int n) => random.Next(n) == 0;

    /// <summary>
    /// A number that programs stumble over: near zero, a power of two or the end of a type, or near a number that is right.
    /// </summary>
    public static ulong Awkward(this Random random, ulong right = 0) => random.Next(5) switch
    {
        0 => right + (ulong)random.Next(-2, 3),
        1 => (ulong)random.Next(-3, 4),
        2 => (1UL << random.Next(64)) + (ulong)random.Next(-1, 2),
        3 => random.Pick<ulong>(
            [int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, ushort.MaxValue, 1UL << 20, (1UL << 20) + 1, 46341,
                2_147_483_591]),
        _ => (ulong)random.NextInt64(),
    };
}
