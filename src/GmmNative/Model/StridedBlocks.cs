namespace GmmNative.Model;

/// <summary>
/// Finds block sizes with which a diagonal structure has given groups. Coordinates at the same position of equal blocks form a group, so
/// equal blocks must contain the same sequence of groups, and blocks of different sizes must not share a group.
/// </summary>
/// <remarks>
/// Groups that always follow each other form a chain; a block cannot reach beyond its chain. Chains are divided into parts. All parts, of
/// all chains, need different sizes.
/// </remarks>
/// <param name="groups">The group of each coordinate, from 0, numbered by their first coordinates.</param>
/// <param name="count">The number of groups.</param>
internal sealed class StridedBlocks(int[] groups, int count)
{
    /// <summary>Limits a search whose number of combinations can grow exponentially.</summary>
    private const int MaximumSteps = 10_000;

    private readonly Dictionary<int, List<int>> _parts = [];
    private readonly HashSet<int> _used = [];
    private int[] _first = [];
    private int[] _lengths = [];
    private int _steps;

    /// <summary>Returns the block sizes, or <see langword="null"/> if there are none.</summary>
    public int[]? Find()
    {
        List<(int First, int Length)> chains = Chains();
        (int First, int Length)[] kinds = [.. chains.Distinct().OrderByDescending(chain => chain.Length)];
        _first = [.. kinds.Select(chain => chain.First)];
        _lengths = [.. kinds.Select(chain => chain.Length)];
        foreach (int first in _first)
        {
            _parts.Add(first, []);
        }

        return Divide(0, _lengths[0], _lengths[0]) ? [.. chains.SelectMany(chain => _parts[chain.First])] : null;
    }

    /// <summary>Cuts the coordinates into chains: the first group and the length of each, in order.</summary>
    private List<(int First, int Length)> Chains()
    {
        const int None = -1;
        const int Unknown = -2;
        int[] next = new int[count];
        int[] previous = new int[count];
        Array.Fill(next, Unknown);
        Array.Fill(previous, Unknown);
        for (int i = 0; i < groups.Length; i++)
        {
            Record(ref next[groups[i]], i + 1 < groups.Length ? groups[i + 1] : None);
            Record(ref previous[groups[i]], i > 0 ? groups[i - 1] : None);
        }

        List<(int First, int Length)> chains = [];
        for (int i = 0; i < groups.Length; i++)
        {
            bool isJoined = i > 0 && groups[i] != groups[i - 1] && next[groups[i - 1]] == groups[i]
                && previous[groups[i]] == groups[i - 1];
            if (isJoined)
            {
                chains[^1] = (chains[^1].First, chains[^1].Length + 1);
            }
            else
            {
                chains.Add((groups[i], 1));
            }
        }

        return chains;

        static void Record(ref int neighbor, int found) => neighbor = neighbor == Unknown || neighbor == found ? found : None;
    }

    /// <summary>Divides the rest of a chain, and all later chains, into parts of unused sizes; large parts first.</summary>
    private bool Divide(int chain, int rest, int maximum)
    {
        if (rest == 0)
        {
            int later = chain + 1;
            return later == _lengths.Length || Divide(later, _lengths[later], _lengths[later]);
        }

        for (int part = Math.Min(rest, maximum); part > 0; part--)
        {
            if (++_steps > MaximumSteps)
            {
                return false;
            }

            if (!_used.Add(part))
            {
                continue;
            }

            _parts[_first[chain]].Add(part);
            if (Divide(chain, rest - part, part - 1))
            {
                return true;
            }

            _parts[_first[chain]].RemoveAt(_parts[_first[chain]].Count - 1);
            _used.Remove(part);
        }

        return false;
    }
}
