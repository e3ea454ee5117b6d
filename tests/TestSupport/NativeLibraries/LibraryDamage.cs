namespace GmmNative.TestSupport;

/// <summary>What may have happened to the file of a library.</summary>
public enum LibraryDamage
{
    /// <summary>It is not there.</summary>
    Deleted,

    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>It ends after 100 bytes, within its tables.</summary>
    HundredBytes,

    /// <summary>Its second half is missing.</summary>
    Half,

    /// <summary>Its last 4096 bytes are missing.</summary>
    PageLess,

    /// <summary>It is a text.</summary>
    Text,

    /// <summary>It was built for a 64-bit ARM processor.</summary>
    OtherMachine,

    /// <summary>It was built for 32 bits.</summary>
    OtherWidth,
}
