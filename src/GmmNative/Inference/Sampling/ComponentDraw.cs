using System.Numerics;
using GmmNative.Interop.Kernels;

namespace GmmNative.Inference.Sampling;

/// <summary>Draws components by their weights, for any rows of an infinite sequence. Immutable, shared by all threads.</summary>
/// <remarks>
/// A table over equal parts of [0, 1) says where the search in the cumulative weights starts, so that a draw takes two steps on average for
/// any K (H.-C. Chen and Y. Asau, "On generating random variates from an empirical distribution", 1974).
/// </remarks>
internal sealed class ComponentDraw
{
    private const int UniformsAtOnce = 16 * RandomNumbers.UnitLength;

    private readonly RandomKey _key;
    private readonly double[] _cumulative;
    private readonly int[] _starts;

    /// <summary>Creates the tables.</summary>
    /// <param name="weights">K weights, not negative, with a positive sum.</param>
    /// <param name="key">The key of the sequence.</param>
    public ComponentDraw(ReadOnlySpan<double> weights, RandomKey key)
    {
        _key = key;
        _cumulative = new double[weights.Length];
        double sum = 0;
        int last = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            last = weights[k] > 0 ? k : last;
            _cumulative[k] = sum += weights[k];
        }

        // Components of weight 0 have the value of the one before and are never the first to exceed a number. Those after the last
        // positive weight are never reached, even if the sum is rounded.
        for (int k = 0; k < weights.Length; k++)
        {
            _cumulative[k] = k >= last ? 1 : _cumulative[k] / sum;
        }

        // A power of two, so that the index of a part is exact.
        _starts = new int[BitOperations.RoundUpToPowerOf2((uint)weights.Length)];
        int start = 0;
        for (int i = 0; i < _starts.Length; i++)
        {
            while (_cumulative[start] <= (double)i / _starts.Length)
            {
                start++;
            }

            _starts[i] = start;
        }
    }

    /// <summary>Draws the components of consecutive rows.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="labels">Receives one component per row, from 0.</param>
    public void Draw(long firstRow, Span<int> labels)
    {
        Span<double> uniforms = stackalloc double[UniformsAtOnce];
        (long unit, long skipped) = Math.DivRem(firstRow, RandomNumbers.UnitLength);
        for (int done = 0; done < labels.Length;)
        {
            RandomNumbers.Uniforms(_key, (ulong)unit, uniforms);
            Span<double> used = uniforms[(int)skipped..];
            int count = Math.Min(used.Length, labels.Length - done);
            for (int i = 0; i < count; i++)
            {
                labels[done + i] = Find(used[i]);
            }

            done += count;
            unit += UniformsAtOnce / RandomNumbers.UnitLength;
            skipped = 0;
        }
    }

    /// <summary>Returns the first component whose cumulative weight exceeds a number.</summary>
    /// <param name="uniform">A number from 0 to 1, without 1.</param>
    internal int Find(double uniform)
    {
        int k = _starts[(int)(uniform * _starts.Length)];
        while (_cumulative[k] <= uniform)
        {
            k++;
        }

        return k;
    }
}
