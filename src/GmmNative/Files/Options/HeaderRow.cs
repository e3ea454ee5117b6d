namespace GmmNative;

/// <summary>Whether the first line of a text names its columns.</summary>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("numbers.csv", new VectorFileOptions { Header = HeaderRow.No });
/// </code>
/// </example>
public enum HeaderRow
{
    /// <summary>As the line itself tells: it does when it has words and no numbers.</summary>
    Auto,

    /// <summary>It does, <c>yes</c>: whatever it holds are names.</summary>
    Yes,

    /// <summary>It does not, <c>no</c>: it is a row.</summary>
    No,
}
