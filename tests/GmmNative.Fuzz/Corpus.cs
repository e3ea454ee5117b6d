using GmmNative.TestSupport;

namespace GmmNative.Fuzz;

/// <summary>The kept files of one reader: good ones, and those that found something once.</summary>
internal sealed class Corpus
{
    private readonly byte[][] _files;

    private Corpus(byte[][] files)
    {
        _files = files;
    }

    /// <summary>Reads the files of a reader.</summary>
    public static Corpus Of(ReaderTarget target)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "corpus", target.Name);
        return new Corpus([.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);
    }

    /// <summary>The bytes of any of them; not to be changed.</summary>
    public byte[] Any(Random random) => random.Pick(_files);
}
