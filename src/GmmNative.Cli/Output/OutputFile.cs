using GmmNative.Cli.Endings;
using GmmNative.Files.Output;
using GmmNative.Files.Vectors;

namespace GmmNative.Cli.Output;

/// <summary>A file that a command will write.</summary>
/// <param name="Option">The option or argument that names the file.</param>
/// <param name="Path">The file, or <c>-</c> for standard output.</param>
/// <param name="Kind">The kind of contents.</param>
internal sealed record OutputFile(string Option, string Path, OutputKind Kind)
{
    private const string StandardStream = "-";

    /// <summary>The name of the file in messages.</summary>
    private string Name => Path == StandardStream ? "standard output" : $"{Option} {Path}";

    /// <summary>Returns the files whose path is given.</summary>
    public static IEnumerable<OutputFile> Of(params (string Option, string? Path, OutputKind Kind)[] files)
    {
        foreach ((string option, string? path, OutputKind kind) in files)
        {
            if (path is not null)
            {
                yield return new OutputFile(option, path, kind);
            }
        }
    }

    /// <summary>
    /// Throws unless all files can be written, are distinct, and are not inputs. Called before any work is done. Files are compared by
    /// identity, not by path, so links and different spellings are detected.
    /// </summary>
    /// <param name="files">The files to write.</param>
    /// <param name="inputs">The files that the command reads.</param>
    public static void CheckAll(IEnumerable<OutputFile> files, IEnumerable<string> inputs)
    {
        Dictionary<FileKey, string> taken = [];
        foreach (string input in inputs)
        {
            if (FileKey.OfInput(MemberPath.Split(input).File) is { } key)
            {
                taken.TryAdd(key, $"the input {(input == StandardStream ? "that standard input reads" : input)}");
            }
        }

        foreach (OutputFile file in files)
        {
            if (AtomicFile.KeyOf(file.Path) is { } key && !taken.TryAdd(key, $"the output {file.Name}"))
            {
                throw new UsageException($"{file.Name}: this is the same file as {taken[key]}; choose another");
            }

            file.Check();
        }
    }

    /// <summary>Writes the content completely or not at all.</summary>
    public void Write(ReadOnlySpan<byte> content) => AtomicFile.Write(Path, content, static (stream, bytes) => stream.Write(bytes));

    // A wrong extension is an error of the command line, not of the file.
    private void Check()
    {
        try
        {
            switch (Kind)
            {
                case OutputKind.Model:
                    ModelFile.CheckWritable(Path);
                    break;
                case OutputKind.Numbers or OutputKind.Labels:
                    ArrayFile.CheckWritable(Path, wholeNumbers: Kind == OutputKind.Labels);
                    break;
                default:
                    AtomicFile.CheckWritable(Path);
                    break;
            }
        }
        catch (Exception e) when (e is ModelFileException or ArgumentException)
        {
            throw new UsageException($"{Option} {e.Message}", e);
        }
    }
}
