namespace GmmNative.Fuzz;

/// <summary>Makes a file that may be broken in ways that count for one format.</summary>
internal interface IMutator
{
    /// <summary>Makes the next file.</summary>
    byte[] Mutate(Corpus corpus, Random random);
}
