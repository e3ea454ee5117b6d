namespace GmmNative.Interop.Managed;

/// <summary>
/// The division of the n columns of C into strips: as many strips of three vectors as fit, then a strip for the remaining columns, rounded
/// up to whole vectors. At most one vector of each row contains padding.
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

    /// <summary>The number of columns, n.</summary>
    public int Columns { get; }

    /// <summary>The number of elements per row of a strip of three vectors.</summary>
    public int FullWidth { get; }

    /// <summary>The number of strips.</summary>
    public int Count { get; }

    /// <summary>n, rounded up to whole vectors.</summary>
    public int PaddedColumns { get; }

    /// <summary>Returns the number of vectors per row of strip <paramref name="index"/>, 1 to 3.</summary>
    public int Vectors(int index) => Math.Min(FullWidth, PaddedColumns - (index * FullWidth)) / _vector;

    /// <summary>Returns the number of columns of C in strip <paramref name="index"/>.</summary>
    public int ColumnsOf(int index) => Math.Min(FullWidth, Columns - (index * FullWidth));
}
