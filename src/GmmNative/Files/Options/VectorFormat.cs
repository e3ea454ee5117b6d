namespace GmmNative.Files.Options;

/// <summary>How an input is read.</summary>
internal enum VectorFormat
{
    /// <summary>A NumPy array.</summary>
    Npy,

    /// <summary>Text separated by commas, semicolons or tabs.</summary>
    Csv,

    /// <summary>Text separated by tabs.</summary>
    Tsv,

    /// <summary>Text separated by blanks.</summary>
    Blanks,

    /// <summary>Text whose separator is determined by the first line.</summary>
    AnyText,

    /// <summary>Raw numbers.</summary>
    Raw,
}
