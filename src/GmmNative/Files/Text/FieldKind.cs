namespace GmmNative.Files.Text;

/// <summary>What stands in a field of a text file.</summary>
internal enum FieldKind
{
    /// <summary>A number, nan and infinity included.</summary>
    Number,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Something that is no number.</summary>
    Word,

    /// <summary>A number beyond the largest double.</summary>
    TooLarge,
}
