namespace GmmNative.Scoring.Results;

/// <summary>Collects the results of a group of rows, on one thread at a time.</summary>
internal interface IResultBlock
{
    /// <summary>Adds the results of the group's next rows.</summary>
    void Add(in RowResults results);
}
