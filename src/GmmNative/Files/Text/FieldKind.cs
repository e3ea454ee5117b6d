namespace GmmNative.Files.Text;

/// <summary>The contents of a field of a text file.</summary>
internal enum FieldKind
{
    /// <summary>A number, including NaN and infinity.</summary>
    Number,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Text that is not a number.</summary>
    Word,

    /// <summary>A number beyond the largest double.</summary>
    TooLarge,
}
