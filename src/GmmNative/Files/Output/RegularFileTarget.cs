using GmmNative.Interop.Posix;
using GmmNative.Interop.Windows;

namespace GmmNative.Files.Output;

/// <summary>An existing or new file, which is written completely or not at all.</summary>
/// <param name="folder">The folder of the file, with links resolved.</param>
/// <param name="name">The name of the file in that folder.</param>
internal sealed class RegularFileTarget(string folder, string name) : OutputTarget
{
    private readonly string _path = Path.Combine(folder, name);

    public override FileKey? Key
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return FileHandles.IdentityOf(_path) is { } file ? new FileKey(file, "")
                    : FileHandles.IdentityOf(folder) is { } there ? new FileKey(there, name.ToUpperInvariant())
                    : new FileKey(default, _path.ToUpperInvariant());
            }

            return Status(_path) is { } old ? new FileKey(old.Identity, "")
                : Status(folder) is { } place ? new FileKey(place.Identity, name)
                : new FileKey(default, _path);
        }
    }

    public override void Check()
    {
        if (Status(_path) is { } old)
        {
            if (old.IsMountPoint)
            {
                throw new IOException("it is a mount point and cannot be replaced; mount its folder, or name another file.");
            }

            if (!FilePermission.MayWrite(_path))
            {
                throw new UnauthorizedAccessException();
            }
        }

        // Only creating a file detects all problems: permissions, read-only disks and quotas have no common query.
        TemporaryFile.Create(folder, null).Dispose();
    }

    public override OpenOutput Open()
    {
        Leftovers.Remove(folder);
        TemporaryFile temporary = TemporaryFile.Create(folder, Status(_path));
        return new OpenOutput(temporary.Stream, () => temporary.MoveTo(_path), temporary);
    }

    private static FileStatus? Status(string path) => OperatingSystem.IsLinux() ? FileStatus.Of(path) : null;
}
