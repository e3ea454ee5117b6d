namespace GmmNative.Tests.Support;

/// <summary>What a <see cref="SumList"/> does with the numbers that it is shown.</summary>
internal enum SumListUse
{
    /// <summary>Copies them.</summary>
    Copy,

    /// <summary>Replaces them by its own.</summary>
    Put,

    /// <summary>Adds its own.</summary>
    Add,
}
