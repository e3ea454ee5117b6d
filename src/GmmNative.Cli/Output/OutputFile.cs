namespace GmmNative.Cli.Output;

/// <summary>A file that a command is to write.</summary>
/// <param name="Option">The option or argument that named it.</param>
/// <param name="Path">The file, or <c>-</c> for standard output.</param>
/// <param name="IsModel">Whether a model is to be written, whose extension must tell the format.</param>
internal sealed record OutputFile(string Option, string Path, bool IsModel = false)
{
    private const string StandardStream = "-";

    /// <summary>The given files without those that were not asked for.</summary>
    public static IEnumerable<OutputFile> Of(params (string Option, string? Path)[] files)
    {
        foreach ((string option, string? path) in files)
        {
            if (path is not null)
            {
                yield return new OutputFile(option, path);
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

    private void Check()
    {
        if (!IsModel)
        {
            AtomicFile.CheckWritable(Path);
            return;
        }

        try
        {
            ModelFile.CheckWritable(Path);
        }
        catch (ModelFileException e)
        {
            // The extension is wrong, which is the command line's fault, not the file's.
            throw new UsageException($"{Option} {e.Message}", e);
        }
    }
}
