namespace GmmNative.Passes;

/// <summary>A group of consecutive chunks, the unit of work of a thread.</summary>
/// <param name="Index">The index of the group in the data set, from 0.</param>
/// <param name="FirstRow">The first row of the group.</param>
/// <param name="Count">The number of rows of the group, at least 1.</param>
internal readonly record struct RowGroup(long Index, long FirstRow, int Count);
