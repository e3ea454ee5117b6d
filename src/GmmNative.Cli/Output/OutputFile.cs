namespace GmmNative.Cli.Output;

/// <summary>A file that a command is to write.</summary>
/// <param name="Option">The option or argument that named it.</param>
/// <param name="Path">The file, or <c>-</c> for standard output.</param>
/// <param name="Kind">What it is to hold.</param>
internal sealed record OutputFile(string Option, string Path, OutputKind Kind)
{
    private const string StandardStream = "-";

    /// <summary>The given files without those that were not asked for.</summary>
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

    /// <summary>Throws unless all the files can be written, are different files, and are none of the inputs: before any work is done for them.</summary>
    public static void CheckAll(IEnumerable<OutputFile> files, IEnumerable<string> inputs)
    {
        StringComparer names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        HashSet<string> taken = new(inputs.Where(i => i != StandardStream).Select(System.IO.Path.GetFullPath), names);
        foreach (OutputFile file in files)
        {
            string place = file.Path is StandardStream or "" ? file.Path : System.IO.Path.GetFullPath(file.Path);
            if (!taken.Add(place))
            {
                throw new UsageException($"{file.Option} {file.Path}: the same file is an input or another output; choose another name");
            }

            file.Check();
        }
    }

    /// <summary>Writes the content: all of it, or nothing.</summary>
    public void Write(ReadOnlySpan<byte> content) => AtomicFile.Write(Path, content, static (stream, bytes) => stream.Write(bytes));

    // A wrong extension is the command line's fault, not the file's.
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
