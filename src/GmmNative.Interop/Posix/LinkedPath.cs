using System.Globalization;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>
/// The final target of a path after following all links: a file, which need not exist, a folder, or a descriptor of this process.
/// </summary>
/// <param name="Folder">The folder, without links; empty for a descriptor.</param>
/// <param name="Name">The name in the folder, which may be the name of a subfolder.</param>
/// <param name="Status">The status of the target; <see langword="null"/> if it does not exist.</param>
/// <param name="Descriptor">The descriptor for <c>/dev/stdout</c>, <c>/dev/fd/3</c> and similar paths; otherwise
/// <see langword="null"/>.</param>
internal sealed record LinkedPath(string Folder, string Name, FileStatus? Status, int? Descriptor)
{
    // The limit of the kernel.
    private const int MaximumLinks = 40;

    /// <summary>The path without links.</summary>
    public string Path => Folder.EndsWith('/') ? Folder + Name : $"{Folder}/{Name}";

    /// <summary>Follows a path. Linux only.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder of the path does not exist; the message is its path as far as
    /// known.</exception>
    /// <exception cref="IOException">The links form a cycle, or cannot be followed.</exception>
    public static LinkedPath Follow(string path)
    {
        string current = System.IO.Path.Combine(Environment.CurrentDirectory, path);
        for (int links = 0; links <= MaximumLinks; links++)
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
                // The parent of a linked folder cannot be derived from the text of the path; the kernel resolves it.
                return here with { Status = FileStatus.Of(here.Path) };
            }

            FileStatus? status = FileStatus.OfLink(here.Path);
            if (status is not { Kind: FileKind.Link })
            {
                return here with { Status = status };
            }

            // The text of a link in /proc is not a path. Only its target matters.
            if (FileStatus.Of(here.Path) is { Kind: not (FileKind.Regular or FileKind.Folder) } special
                && folder.StartsWith("/proc/", StringComparison.Ordinal))
            {
                return here with { Status = special };
            }

            string target = new FileInfo(here.Path).LinkTarget ?? throw new IOException($"the link {here.Path} cannot be read.");
            current = System.IO.Path.Combine(folder, target);
        }

        throw new IOException("its links form a cycle.");
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
