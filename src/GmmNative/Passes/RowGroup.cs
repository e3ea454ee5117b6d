namespace GmmNative.Passes;

/// <summary>A group of consecutive chunks, the unit of work of a thread.</summary>
/// <param name="Index">The group's place in the data set, from 0.</param>
/// <param name="FirstRow">Its first row.</param>
/// <param name="Count">Its rows, at least 1.</param>
internal readonly record struct RowGroup(long Index, long FirstRow, int Count);
