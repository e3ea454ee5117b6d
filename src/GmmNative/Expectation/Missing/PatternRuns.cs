namespace GmmNative.Expectation.Missing;

/// <summary>
/// The patterns of rows with missing values, where rows of the same pattern follow each other: for each run of such rows and each group of
/// coordinates, the observed and the missing coordinates. Scratch memory of one thread.
/// </summary>
/// <param name="groups">The groups of coordinates of a structure.</param>
internal sealed class PatternRuns(int[][] groups)
{
    private readonly int _dimension = groups.Sum(group => group.Length);
    private readonly int[] _groupStarts = Starts(groups);
    private int[] _places = [];
    private int[] _observedCounts = [];
    private int[] _firstRows = new int[1];
    private int[] _missingCounts = [];
    private int[] _touchedCounts = [];
    private int[] _touched = [];
    private int[] _coordinates = [];

    /// <summary>The number of runs.</summary>
    public int Count { get; private set; }

    /// <summary>The number of rows of all runs.</summary>
    public int Rows => _firstRows[Count];

    /// <summary>Removes all runs.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a run.</summary>
    /// <param name="row">A row of the run: D numbers, NaN where they are missing.</param>
    /// <param name="rows">The number of rows of the run.</param>
    public void Add(ReadOnlySpan<double> row, int rows)
    {
        Reserve(Count + 1);
        int missingOfRow = 0;
        int touched = 0;
        Span<int> coordinates = _coordinates.AsSpan(Count * _dimension, _dimension);
        for (int g = 0; g < groups.Length; g++)
        {
            Span<int> places = _places.AsSpan((Count * _dimension) + _groupStarts[g], groups[g].Length);
            int observed = 0;
            int missing = 0;
            for (int i = 0; i < places.Length; i++)
            {
                if (double.IsNaN(row[groups[g][i]]))
                {
                    places[^++missing] = i;
                }
                else
                {
                    places[observed++] = i;
                }
            }

            places[observed..].Reverse();
            _observedCounts[(Count * groups.Length) + g] = observed;
            foreach (int place in places[observed..])
            {
                coordinates[missingOfRow++] = groups[g][place];
            }

            if (missing > 0)
            {
                _touched[(Count * groups.Length) + touched++] = g;
            }
        }

        _missingCounts[Count] = missingOfRow;
        _touchedCounts[Count] = touched;
        _firstRows[Count + 1] = _firstRows[Count] + rows;
        Count++;
    }

    /// <summary>Returns the first row of a run.</summary>
    public int FirstRow(int run) => _firstRows[run];

    /// <summary>Returns the number of missing values of each row of a run.</summary>
    public int MissingCount(int run) => _missingCounts[run];

    /// <summary>Returns the missing coordinates of the rows of a run, group by group, ascending within a group.</summary>
    public ReadOnlySpan<int> MissingCoordinates(int run) => _coordinates.AsSpan(run * _dimension, _missingCounts[run]);

    /// <summary>Returns the groups with missing coordinates, ascending.</summary>
    public ReadOnlySpan<int> Touched(int run) => _touched.AsSpan(run * groups.Length, _touchedCounts[run]);

    /// <summary>Returns whether a run has no observed value.</summary>
    public bool IsEmpty(int run) => _missingCounts[run] == _dimension;

    /// <summary>Returns the places, from 0 and ascending, of the observed coordinates within a group.</summary>
    public ReadOnlySpan<int> Observed(int run, int group) => Places(run, group)[..ObservedCount(run, group)];

    /// <summary>Returns the places, from 0 and ascending, of the missing coordinates within a group.</summary>
    public ReadOnlySpan<int> Missing(int run, int group) => Places(run, group)[ObservedCount(run, group)..];

    /// <summary>Returns for each group where its coordinates start if the groups follow each other.</summary>
    public static int[] Starts(int[][] groups)
    {
        int[] starts = new int[groups.Length];
        for (int g = 1; g < groups.Length; g++)
        {
            starts[g] = starts[g - 1] + groups[g - 1].Length;
        }

        return starts;
    }

    private int ObservedCount(int run, int group) => _observedCounts[(run * groups.Length) + group];

    private ReadOnlySpan<int> Places(int run, int group) =>
        _places.AsSpan((run * _dimension) + _groupStarts[group], groups[group].Length);

    private void Reserve(int runs)
    {
        if (runs <= _missingCounts.Length)
        {
            return;
        }

        int length = 2 * runs;
        Array.Resize(ref _places, checked(length * _dimension));
        Array.Resize(ref _observedCounts, checked(length * groups.Length));
        Array.Resize(ref _coordinates, checked(length * _dimension));
        Array.Resize(ref _touched, checked(length * groups.Length));
        Array.Resize(ref _touchedCounts, length);
        Array.Resize(ref _missingCounts, length);
        Array.Resize(ref _firstRows, length + 1);
    }
}
