namespace GmmNative.Interop.Posix;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>A file with contents of its own.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A terminal, <c>/dev/null</c> and the like.</summary>
    CharacterDevice,

    /// <summary>A disk.</summary>
    BlockDevice,

    /// <summary>A pipe, with or without a name.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>Something else that has a descriptor.</summary>
    Other,
}
