namespace GmmNative;

/// <summary>The formats of vector files.</summary>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("numbers", new VectorFileOptions { Format = VectorFileFormat.Raw, Dimension = 39 });
/// </code>
/// </example>
public enum VectorFileFormat
{
    /// <summary>A NumPy array, <c>npy</c>.</summary>
    Npy,

    /// <summary>Text separated by commas, semicolons or tabs, <c>csv</c>.</summary>
    Csv,

    /// <summary>Text separated by tabs, <c>tsv</c>.</summary>
    Tsv,

    /// <summary>Text separated by blanks, <c>txt</c>: any number of spaces and tabs between two numbers.</summary>
    Text,

    /// <summary>Raw little-endian numbers, <c>raw</c>.</summary>
    Raw,

    /// <summary>HTK features, <c>htk</c>. Their header can be checked only where the length of the input is known.</summary>
    Htk,

    /// <summary>A list of files, one per line, or of keys and matrices in Kaldi archives, <c>scp</c>.</summary>
    Scp,
}
