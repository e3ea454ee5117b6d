using GmmNative.Data;
using GmmNative.Errors;
using GmmNative.Files;
using GmmNative.Files.Detection;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Options;
using GmmNative.Files.Rows;
using GmmNative.Files.Text;
using GmmNative.Files.Vectors;

namespace GmmNative;

/// <summary>Opens vector files. The first bytes determine the format of a file; the extension resolves ambiguities.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>.npy</c></term><description>NumPy, 2-D, T x D, C or Fortran order: floating point of 16, 32 or 64 bits, integers and
/// Booleans, in either byte order. The file is mapped into memory, and rows are read on demand.</description></item>
/// <item><term>text</term><description><c>.csv</c> (commas, semicolons or tabs), <c>.tsv</c>, <c>.txt</c> and text under any other name
/// (blanks, commas or semicolons), one vector per line, read into memory. The first line may name the columns.</description></item>
/// <item><term>raw numbers</term><description><c>.f64</c>, <c>.f32</c>, <c>.i32</c>, <c>.raw</c>, <c>.bin</c> and all other files that are
/// not text: little-endian, vector after vector. They need <see cref="VectorFileOptions.Dimension"/>. A regular file is mapped, a pipe is
/// read into memory.</description></item>
/// <item><term>Kaldi, HTK</term><description>Archives (<c>.ark</c>, binary and text) and HTK features. Rows are read on demand, except from
/// text. <see cref="IVectorSource.Utterances"/> has the keys.</description></item>
/// <item><term>lists</term><description><c>.scp</c>, <c>.lst</c>: one file per line, or keys and matrices in archives. The files are one
/// data set.</description></item>
/// <item><term><c>.npz</c></term><description>An array of a NumPy archive, read into memory: <c>FILE.npz:NAME</c>, or <c>FILE.npz</c> if
/// there is only one.</description></item>
/// <item><term><c>.gz</c></term><description>Any of these, compressed with gzip, read into memory.</description></item>
/// <item><term><c>-</c></term><description>Standard input with any of these formats, read into memory.</description></item>
/// </list>
/// Other formats are recognized and named in the error. <c>docs/formats.md</c> has the details. The returned sources are random-access
/// (<see cref="IRandomAccessVectorSource"/>) and may be read by several threads at the same time. Dispose them: a mapped file stays open
/// until then, and must not change. Values that are not finite are returned unchanged; training and scoring report them with their row
/// and column.
/// </remarks>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("faithful.csv");
/// Console.WriteLine($"{rows.RowCount} rows of dimension {rows.Dimension}: {string.Join(", ", rows.ColumnNames ?? [])}");
/// GaussianMixture model = GaussianMixture.Fit(rows, components: 2);
/// </code>
/// </example>
public static class VectorFile
{
    /// <summary>Opens one file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    /// <returns>T x D rows, with T and D at least 1. Disposing the source closes the file and releases its memory.</returns>
    /// <exception cref="ArgumentException">
    /// <see cref="VectorFileOptions.Columns"/> selects a column that the file does not have, or a column twice; or the file does not have
    /// <see cref="VectorFileOptions.WeightColumn"/>.
    /// </exception>
    /// <exception cref="VectorDataException">
    /// The file is missing, cannot be read, does not contain vectors in a supported format, or lacks a column of
    /// <see cref="VectorFileOptions.ColumnNames"/>, or a row weight is negative or not finite. The message names the file, the location if
    /// it is known, and what to do.
    /// </exception>
    public static IVectorSource Open(string path, VectorFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = InputFile.DisplayName(path);
        try
        {
            options ??= new VectorFileOptions();
            IVectorSource rows = OpenCore(path, name, options);
            rows = options.WeightColumn is { } column ? RowWeightColumn.Split(rows, column) : rows;
            return rows.WithMissingValues(options.MissingValues);
        }
        catch (Exception e) when (ReadFailure.Describe(e, name) is not null)
        {
            throw new VectorDataException(ReadFailure.Describe(e, name)!, e);
        }
    }

    /// <summary>
    /// Opens several files as one data set, in the given order. If the first file has column names, the columns of other files with names
    /// are matched by name. Otherwise columns are matched by position.
    /// </summary>
    /// <param name="paths">At least one file, all of the same dimension. <c>-</c> may occur once.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    /// <returns>The rows of all files. Disposing the result closes the files.</returns>
    /// <exception cref="ArgumentException">There are no paths; or as for <see cref="Open"/>.</exception>
    /// <exception cref="VectorDataException">
    /// As for <see cref="Open"/>, or two files differ in dimension, or <c>-</c> is given twice.
    /// </exception>
    public static IVectorSource OpenAll(IReadOnlyList<string> paths, VectorFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("There are no files.", nameof(paths));
        }

        if (paths.Count(p => p == InputFile.Standard) > 1)
        {
            throw new VectorDataException("standard input: it can be read only once; give - only once.");
        }

        options ??= new VectorFileOptions();
        List<IVectorSource> parts = [];
        try
        {
            foreach (string path in paths)
            {
                parts.Add(Open(path, options));
                if (parts[^1].Dimension != parts[0].Dimension)
                {
                    throw new VectorDataException(
                        $"{InputFile.DisplayName(path)}: its vectors have dimension {parts[^1].Dimension}, but the vectors of "
                        + $"{InputFile.DisplayName(paths[0])} have dimension {parts[0].Dimension}; all files must have the same "
                        + "dimension.");
                }

                if (options.ColumnNames is null && parts[0].ColumnNames is { } names)
                {
                    options = options with { ColumnNames = names, ColumnNamesFrom = InputFile.DisplayName(paths[0]) };
                }
            }
        }
        catch
        {
            parts.ForEach(part => part.Dispose());
            throw;
        }

        IVectorSource all = parts.Count == 1 ? parts[0] : VectorSource.Concatenate(
            [.. parts.Select((part, i) => UtteranceFile.WithKey(part, paths[i]))]);
        if (options.WeightColumn is { } column)
        {
            string name = InputFile.DisplayName(paths[0]);
            RowWeightCheck.CheckLargest(all.RowWeights.Span, $"{name}: the row weights in column {MessageText.Quote(column)}");
        }

        return all;
    }

    private static IVectorSource OpenCore(string path, string name, VectorFileOptions options)
    {
        (path, string? member) = MemberPath.Split(path);
        string extension = Path.GetExtension(path).ToUpperInvariant();
        ColumnRequest request = new(options, name);
        using InputBytes input = InputBytes.Open(path);
        bool isPackedByName = extension == ".GZ";
        if (isPackedByName)
        {
            extension = Path.GetExtension(Path.GetFileNameWithoutExtension(path)).ToUpperInvariant();
        }

        // Raw numbers may start like gzip data. If raw numbers are requested, only the extension identifies gzip.
        bool isPacked = input.Head.Span is [0x1F, 0x8B, 8, ..] && (isPackedByName || options.Format != VectorFileFormat.Raw);
        if (!isPacked && ZipContents.AreArrays(input.Head.Span, member is not null) && options.Format is null)
        {
            using Stream archive = input.IsRegularFile ? input.Take()
                : throw new FileProblemException("a NumPy archive can be read only from a file, not from a pipe.");
            return request.Select(NpzVectors.Read(archive, member, name, options.AcceptsOneDimension));
        }

        if (!isPacked && options.Format is null && input.IsRegularFile && Additional(options, input) is { } format)
        {
            return AdditionalFormat.Open(format, (FileStream)input.Take(), member, request);
        }

        if (member is not null)
        {
            throw new FileProblemException("only .npz files have members; give the path without the colon and what follows.");
        }

        if (!isPacked)
        {
            return Read(input, path, extension, request, options);
        }

        using InputBytes unpacked = InputBytes.FromStream(new GunzipStream(input.Take()));
        if (unpacked.Head.Span is [0x1F, 0x8B, 8, ..])
        {
            throw new FileProblemException("it is compressed with gzip twice; decompress it once (gunzip).");
        }

        FormatChoice choice = new(options, extension);
        return choice.Choose(unpacked.Head.Span, unpacked.Length) == VectorFormat.Raw && options.Format is null && !choice.IsTyped
            ? throw new FileProblemException(
                "the format of its gzip data is not recognized; if it contains raw numbers, give --format raw.")
            : Read(unpacked, path, extension, request, options);
    }

    private static IVectorFormat? Additional(VectorFileOptions options, InputBytes input) =>
        options.AdditionalFormats.FirstOrDefault(format => format.Recognizes(input.Head.Span));

    private static LoadedVectorSource ReadText(InputBytes input, VectorFormat format, ColumnRequest request, VectorFileOptions options)
    {
        using Stream text = input.Take();
        return DelimitedText.Read(text, format, options.Header, request);
    }

    private static IVectorSource Read(
        InputBytes input, string path, string extension, ColumnRequest request, VectorFileOptions options)
    {
        FormatChoice choice = new(options, extension);
        VectorFormat format = choice.Choose(input.Head.Span, input.Length);
        if (format is not (VectorFormat.Npy or VectorFormat.Raw))
        {
            return UtteranceFile.IsFormat(format)
                ? UtteranceFile.Read(input, format, path, request, options)
                : ReadText(input, format, request, options);
        }

        bool isNamedRaw = choice.IsTyped || extension is ".RAW" or ".BIN";
        int dimension = format == VectorFormat.Raw ? RawNumbers.CheckDimension(options, isGuess: !isNamedRaw) : 0;
        NpyElementType type = RawNumbers.ElementType(options.RawType) ?? FormatChoice.TypeOf(extension) ?? NpyElementType.Float64;
        if (!input.IsRegularFile)
        {
            using Stream stream = input.Take();
            return request.Select(format == VectorFormat.Npy
                ? NpyVectors.Load(stream, request.Source, options.AcceptsOneDimension)
                : RawNumbers.Load(stream, request.Source, type, dimension, isGuess: !choice.IsTyped));
        }

        FileStream file = (FileStream)input.Take();
        MappedVectorSource source;
        try
        {
            source = format == VectorFormat.Npy
                ? NpyVectors.Map(file, request.Source, options.AcceptsOneDimension)
                : RawNumbers.Map(file, request.Source, type, dimension, isGuess: !choice.IsTyped);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return request.Select(source);
    }
}
