using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// The target of an output, which determines how it is written. The system determines what a path is, not its name: a regular file is
/// replaced as a whole, a device or a pipe is written in place, and a descriptor of this process is written from its current position.
/// </summary>
internal abstract class OutputTarget
{
    /// <summary>The number of bytes written at once.</summary>
    protected const int BufferSize = 1 << 16;

    /// <summary>The identity of the file, or <see langword="null"/> for a device that may be written to twice.</summary>
    public abstract FileKey? Key { get; }

    /// <summary>Determines what a path is.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <exception cref="IOException">The path is a folder or a socket, its folder does not exist, or it cannot be examined.</exception>
    public static OutputTarget Of(string path)
    {
        if (path == InputFile.Standard)
        {
            return new DescriptorTarget(StandardStreams.Output);
        }

        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new IOException("this is not a file name.");
        }

        OutputTarget target = OperatingSystem.IsLinux() ? OfLinux(path) : OfOther(path);
        return Path.EndsInDirectorySeparator(path) ? throw Folder() : target;
    }

    /// <summary>Throws if the target cannot be written. Does not change anything.</summary>
    public abstract void Check();

    /// <summary>Opens the target for writing.</summary>
    public abstract OpenOutput Open();

    /// <summary>Writes the contents.</summary>
    public void Write<TState>(TState state, Action<Stream, TState> write)
        where TState : allows ref struct
    {
        using OpenOutput output = Open();
        write(output.Stream, state);
        output.Complete();
    }

    private static OutputTarget OfLinux(string path)
    {
        LinkedPath place;
        try
        {
            place = LinkedPath.Follow(path);
        }
        catch (DirectoryNotFoundException e)
        {
            throw NoFolder(e.Message, e);
        }

        if (place.Descriptor is { } descriptor)
        {
            return new DescriptorTarget(descriptor);
        }

        return place.Status?.Kind switch
        {
            null or FileKind.Regular => new RegularFileTarget(place.Folder, place.Name),
            FileKind.Folder => throw Folder(),
            FileKind.CharacterDevice or FileKind.BlockDevice or FileKind.Pipe => new SpecialFileTarget(place.Path, place.Status.Value),
            FileKind.Socket => throw new IOException("this is a socket; name a file or a pipe."),
            _ => throw new IOException("this is neither a file nor a pipe nor a device; name one."),
        };
    }

    private static OutputTarget OfOther(string path)
    {
        string target = Path.GetFullPath(path);
        if (target.StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            return new SpecialFileTarget(target, null);
        }

        if (new FileInfo(target).LinkTarget is not null)
        {
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        }

        if (Directory.Exists(target))
        {
            throw Folder();
        }

        string folder = Path.GetDirectoryName(target)!;
        return Directory.Exists(folder) ? new RegularFileTarget(folder, Path.GetFileName(target)) : throw NoFolder(folder, null);
    }

    private static IOException Folder() => new("this is a folder; name a file in it.");

    private static IOException NoFolder(string folder, Exception? cause) =>
        new($"the folder {folder} does not exist; create it first.", cause);
}
