namespace GmmNative;

/// <summary>Whether the first line of a text file names the columns.</summary>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("numbers.csv", new VectorFileOptions { Header = HeaderRow.No });
/// </code>
/// </example>
public enum HeaderRow
{
    /// <summary>Detected: the line names the columns if it contains words and no numbers.</summary>
    Auto,

    /// <summary>Yes, <c>yes</c>: all fields of the line are names.</summary>
    Yes,

    /// <summary>No, <c>no</c>: the line is a row.</summary>
    No,
}
