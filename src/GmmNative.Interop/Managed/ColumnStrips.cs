namespace GmmNative.Interop.Managed;

/// <summary>
/// How the n columns of C divide into strips: as many of three vectors as fit, then one of what is left rounded up to whole
/// vectors, so that at most one vector of each row is padding.
/// </summary>
internal readonly struct ColumnStrips
{
    private readonly int _vector;

    public ColumnStrips(int n, int vectorCount)
    {
        _vector = vectorCount;
        FullWidth = 3 * vectorCount;
        int whole = n / FullWidth;
        int rest = n - (whole * FullWidth);
        Count = whole + (rest > 0 ? 1 : 0);
        PaddedColumns = (whole * FullWidth) + ((rest + vectorCount - 1) / vectorCount * vectorCount);
        Columns = n;
    }

    /// <summary>n.</summary>
    public int Columns { get; }

    /// <summary>Elements in a strip of three vectors.</summary>
    public int FullWidth { get; }

    /// <summary>Number of strips.</summary>
    public int Count { get; }

    /// <summary>n, rounded up to whole vectors.</summary>
    public int PaddedColumns { get; }

    /// <summary>Vectors in a row of strip <paramref name="index"/>, 1 to 3.</summary>
    public int Vectors(int index) => Math.Min(FullWidth, PaddedColumns - (index * FullWidth)) / _vector;

    /// <summary>Columns of C that strip <paramref name="index"/> stands for.</summary>
    public int ColumnsOf(int index) => Math.Min(FullWidth, Columns - (index * FullWidth));
}
