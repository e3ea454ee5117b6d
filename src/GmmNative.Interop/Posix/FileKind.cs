namespace GmmNative.Interop.Posix;

/// <summary>The kind of a file.</summary>
internal enum FileKind
{
    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A terminal, <c>/dev/null</c> and the like.</summary>
    CharacterDevice,

    /// <summary>A disk.</summary>
    BlockDevice,

    /// <summary>A pipe, named or unnamed.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>Any other kind.</summary>
    Other,
}
