namespace GmmNative.Files.Vectors;

/// <summary>A path that may name a member of a file: <c>file.npz:name</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Member">The member, or <see langword="null"/>.</param>
internal readonly record struct MemberPath(string File, string? Member)
{
    // A colon at index 1 follows the letter of a drive.
    private const int FirstColon = 2;

    /// <summary>Splits a path at the first colon behind the name of a file that exists.</summary>
    /// <param name="path">The path. The whole path is a file if such a file exists.</param>
    public static MemberPath Split(string path)
    {
        if (path == InputFile.Standard || path.Contains('\0', StringComparison.Ordinal) || System.IO.File.Exists(path))
        {
            return new MemberPath(path, null);
        }

        for (int i = FirstColon; i < path.Length - 1; i++)
        {
            if (path[i] == ':' && System.IO.File.Exists(path[..i]))
            {
                return new MemberPath(path[..i], path[(i + 1)..]);
            }
        }

        return new MemberPath(path, null);
    }
}
