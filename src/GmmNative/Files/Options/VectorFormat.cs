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

    /// <summary>A Kaldi archive, binary.</summary>
    KaldiArchive,

    /// <summary>A Kaldi archive in text.</summary>
    KaldiText,

    /// <summary>HTK features.</summary>
    Htk,

    /// <summary>A list of files, or of matrices in Kaldi archives.</summary>
    FileList,
}
