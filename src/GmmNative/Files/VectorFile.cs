using GmmNative.Files;

namespace GmmNative;

/// <summary>Opens files of vectors; the extension, in any case, tells the format.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>.npy</c></term><description>NumPy, 2-D, T x D, C or Fortran order: floating point of 16, 32 or 64 bits, integers and
/// truth values, of either byte order. Mapped into memory: rows are read when they are asked for.</description></item>
/// <item><term><c>.csv</c>, <c>.tsv</c></term><description>Text, one vector a line, read into memory. See <c>docs/formats.md</c>.</description></item>
/// <item><term>anything else</term><description>Raw little-endian numbers, vector after vector; these need
/// <see cref="VectorFileOptions.Dimension"/>. A regular file is mapped, a pipe is read into memory.</description></item>
/// <item><term><c>-</c></term><description>Standard input, raw, read into memory.</description></item>
/// </list>
/// Sources returned are random-access (<see cref="IRandomAccessVectorSource"/>) and may be read by several threads at once. Those
/// that hold a file open are <see cref="IDisposable"/>; the file must not change until they are disposed. Values that are not
/// finite are passed on as they are: who works with the rows reports them, with their row and column.
/// </remarks>
public static class VectorFile
{
    /// <summary>Opens one file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read raw numbers; [a default <see cref="VectorFileOptions"/>].</param>
    /// <returns>T x D rows, T and D at least 1.</returns>
    /// <exception cref="VectorDataException">The file is missing, cannot be read, or is not what its extension says. The message names
    /// the file, the place where that is known, and what to do.</exception>
    public static IVectorSource Open(string path, VectorFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = InputFile.DisplayName(path);
        try
        {
            return OpenCore(path, name, options ?? new VectorFileOptions());
        }
        catch (FileProblemException e)
        {
            throw new VectorDataException(e.Describe(name), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VectorDataException(MessageText.OneLine($"{name}: the file cannot be read: {e.Message}"), e);
        }
    }

    /// <summary>Opens several files as one data set, in the order given.</summary>
    /// <param name="paths">The files; at least one, all of the same dimension. <c>-</c> may be among them once.</param>
    /// <param name="options">How to read raw numbers; [a default <see cref="VectorFileOptions"/>].</param>
    /// <returns>The rows of all files. Disposing it, where it is disposable, closes them.</returns>
    /// <exception cref="ArgumentException">There are no paths.</exception>
    /// <exception cref="VectorDataException">As for <see cref="Open"/>, or two files differ in dimension, or <c>-</c> is given twice.</exception>
    public static IVectorSource OpenAll(IReadOnlyList<string> paths, VectorFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("There are no files.", nameof(paths));
        }

        if (paths.Count(p => p == InputFile.Standard) > 1)
        {
            throw new VectorDataException("standard input: it can be read only once; give - one time.");
        }

        List<IVectorSource> parts = [];
        try
        {
            foreach (string path in paths)
            {
                parts.Add(Open(path, options));
                if (parts[^1].Dimension != parts[0].Dimension)
                {
                    throw new VectorDataException(
                        $"{InputFile.DisplayName(path)}: its vectors have dimension {parts[^1].Dimension}, but those of "
                        + $"{InputFile.DisplayName(paths[0])} have {parts[0].Dimension}; a data set has one dimension.");
                }
            }
        }
        catch
        {
            parts.ForEach(part => (part as IDisposable)?.Dispose());
            throw;
        }

        return parts.Count == 1 ? parts[0] : VectorSource.Concatenate(parts);
    }

    private static IVectorSource OpenCore(string path, string name, VectorFileOptions options)
    {
        if (path == InputFile.Standard)
        {
            int dimension = RawNumbers.CheckDimension(options);
            using Stream input = InputFile.OpenStandard();
            return RawNumbers.Load(input, name, RawNumbers.ElementType(options.RawType), dimension);
        }

        string extension = Path.GetExtension(path).ToUpperInvariant();
        bool isText = extension is ".CSV" or ".TSV";
        FileStream stream = InputFile.Open(path, sequential: isText);
        bool kept = false;
        try
        {
            switch (extension)
            {
                case ".NPY":
                    MappedVectorSource array = NpyVectors.Map(stream, name);
                    kept = true;
                    return array;
                case ".CSV" or ".TSV":
                    return DelimitedText.Read(stream, name, extension == ".TSV" ? '\t' : null);
                case ".NPZ" or ".PARQUET":
                    throw new FileProblemException($"{extension.ToLowerInvariant()} files are not read as vectors; save them as .npy or .csv.");
                default:
                    int dimension = RawNumbers.CheckDimension(options);
                    NpyElementType type = RawNumbers.ElementType(options.RawType);
                    if (!stream.CanSeek)
                    {
                        return RawNumbers.Load(stream, name, type, dimension);
                    }

                    MappedVectorSource raw = RawNumbers.Map(stream, name, type, dimension);
                    kept = true;
                    return raw;
            }
        }
        finally
        {
            if (!kept)
            {
                stream.Dispose();
            }
        }
    }
}
