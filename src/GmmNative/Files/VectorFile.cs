namespace GmmNative;

/// <summary>Opens files of vectors.</summary>
public static class VectorFile
{
    /// <summary>Opens one file, or standard input for "-".</summary>
    public static IVectorSource Open(string path, VectorFileOptions? options = null) => throw new NotSupportedException();

    /// <summary>Opens several files as one data set.</summary>
    public static IVectorSource OpenAll(IReadOnlyList<string> paths, VectorFileOptions? options = null) => throw new NotSupportedException();
}
