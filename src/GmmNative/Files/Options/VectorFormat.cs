namespace GmmNative.Files.Options;

/// <summary>How an input is to be read.</summary>
internal enum VectorFormat
{
    /// <summary>A NumPy array.</summary>
    Npy,

    /// <summary>Text with commas, semicolons or tabs.</summary>
    Csv,

    /// <summary>Text with tabs.</summary>
    Tsv,

    /// <summary>Text with blanks.</summary>
    Blanks,

    /// <summary>Text whose separator its first line tells.</summary>
    AnyText,

    /// <summary>Raw numbers.</summary>
    Raw,
}
