using System.Globalization;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>
/// Where a path leads in the end: through links to files and to folders, to a file that need not exist, or to one of this process's own
/// descriptors.
/// </summary>
/// <param name="Folder">The folder, free of links; empty for a descriptor.</param>
/// <param name="Name">The name in it; may be that of a folder.</param>
/// <param name="Status">What is there; <see langword="null"/> for nothing yet.</param>
/// <param name="Descriptor">The descriptor that <c>/dev/stdout</c>, <c>/dev/fd/3</c> and the like stand for; otherwise
/// <see langword="null"/>.</param>
internal sealed record LinkedPath(string Folder, string Name, FileStatus? Status, int? Descriptor)
{
    // As many as the kernel follows.
    private const int MostLinks = 40;

    /// <summary>The path, free of links.</summary>
    public string Path => Folder.EndsWith('/') ? Folder + Name : $"{Folder}/{Name}";

    /// <summary>Follows a path. Linux only.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder on the way is missing; the message is its path as far as it is
    /// known.</exception>
    /// <exception cref="IOException">The links go in a circle, or the system does not let them be followed.</exception>
    public static LinkedPath Follow(string path)
    {
        string current = System.IO.Path.Combine(Environment.CurrentDirectory, path);
        for (int links = 0; links <= MostLinks; links++)
        {
            string trimmed = current.TrimEnd('/');
            int slash = trimmed.LastIndexOf('/');
            if (slash < 0)
            {
                return new LinkedPath("/", "", FileStatus.Of("/"), null);
            }

            string folder = RealPath(slash == 0 ? "/" : trimmed[..slash]);
            string name = trimmed[(slash + 1)..];
            if (IsOwnDescriptors(folder) && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
            {
                return new LinkedPath("", name, FileStatus.Of(descriptor), descriptor);
            }

            LinkedPath here = new(folder, name, null, null);
            if (name is "." or "..")
            {
                // The kernel, not the text, knows what is above a linked folder.
                return here with { Status = FileStatus.Of(here.Path) };
            }

            FileStatus? status = FileStatus.OfLink(here.Path);
            if (status is not { Kind: FileKind.Link })
            {
                return here with { Status = status };
            }

            // The text of a link into /proc is no path: what matters is what it leads to.
            if (FileStatus.Of(here.Path) is { Kind: not (FileKind.Regular or FileKind.Folder) } special
                && folder.StartsWith("/proc/", StringComparison.Ordinal))
            {
                return here with { Status = special };
            }

            string target = new FileInfo(here.Path).LinkTarget ?? throw new IOException($"the link {here.Path} cannot be read.");
            current = System.IO.Path.Combine(folder, target);
        }

        throw new IOException("its links go in a circle.");
    }

    private static bool IsOwnDescriptors(string folder) =>
        folder.StartsWith(string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/"), StringComparison.Ordinal)
        && folder.EndsWith("/fd", StringComparison.Ordinal);

    private static unsafe string RealPath(string folder)
    {
        byte* resolved = LibC.RealPath(folder, null);
        if (resolved == null)
        {
            IOException error = SystemError.Last();
            throw error.HResult is SystemError.NoSuchFile or SystemError.NotAFolder ? new DirectoryNotFoundException(folder) : error;
        }

        try
        {
            return Marshal.PtrToStringUTF8((nint)resolved)!;
        }
        finally
        {
            LibC.Free(resolved);
        }
    }
}
