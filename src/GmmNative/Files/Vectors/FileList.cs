using System.Text;
using GmmNative.Data.Sources;
using GmmNative.Data.Sources.Composite;
using GmmNative.Errors;
using GmmNative.Files.Bytes;
using GmmNative.Files.Detection;
using GmmNative.Files.Htk;
using GmmNative.Files.Kaldi;
using GmmNative.Files.Options;
using GmmNative.Files.Text;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Vectors;

/// <summary>
/// Reads the files that a list names as one data set. Matrices of Kaldi and HTK stay in their files, and few files are open at a time.
/// Files of other formats are opened as if they were named one by one.
/// </summary>
internal sealed class FileList : IDisposable
{
    private readonly FilePool _pool = new();
    private readonly Dictionary<string, PooledBytes> _files = [];
    private readonly List<IRandomAccessVectorSource> _parts = [];
    private readonly List<KeyedSegment> _segments = [];
    private readonly ColumnRequest _request;
    private readonly string? _folder;
    private readonly VectorFileOptions _options;
    private (string Key, int Dimension)? _first;

    private FileList(string path, ColumnRequest request, VectorFileOptions options)
    {
        _folder = path == InputFile.Standard ? null : Path.GetDirectoryName(Path.GetFullPath(path));
        _request = request;
        // The columns are selected from the whole data set.
        _options = options with { Format = null, Columns = null, WeightColumn = null };
    }

    /// <summary>Opens all files of a list.</summary>
    /// <param name="stream">The list. It is not disposed.</param>
    /// <param name="path">The file that contains the list, or <c>-</c>.</param>
    /// <param name="request">The requested columns, which are not selected yet.</param>
    /// <param name="options">How to read the files.</param>
    /// <exception cref="FileProblemException">The list is empty, a file cannot be read, or the dimensions differ.</exception>
    public static IVectorSource Read(Stream stream, string path, ColumnRequest request, VectorFileOptions options)
    {
        FileList list = new(path, request, options);
        try
        {
            return list.ReadAll(new LineReader(stream));
        }
        catch
        {
            list.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parts.ForEach(part => part.Dispose());
        _pool.Dispose();
    }

    private IVectorSource ReadAll(LineReader lines)
    {
        while (lines.TryRead(out ReadOnlySpan<byte> bytes))
        {
            ReadOnlySpan<byte> line = bytes.Trim(" \t"u8);
            if (line.Length > 0 && line[0] != (byte)'#')
            {
                Add(ListEntry.Parse(Encoding.UTF8.GetString(line), lines.LineNumber));
            }
        }

        EndSegments();
        return _parts.Count switch
        {
            0 => throw new FileProblemException("it lists no files."),
            1 => _parts[0],
            _ => new RandomAccessCompositeVectorSource([.. _parts]),
        };
    }

    private void Add(ListEntry entry)
    {
        string path = Resolve(entry.Path);
        string key = entry.Key ?? ListEntry.KeyOf(path);
        try
        {
            if (entry.Offset is { } offset)
            {
                AddSegment(key, KaldiArchive.ReadAt(Bytes(path), offset), entry.Line);
            }
            else
            {
                AddFile(key, path, entry.Line);
            }
        }
        catch (FileProblemException e) when (e.Place != ListEntry.Place(entry.Line))
        {
            throw new FileProblemException(e.Describe(InputFile.DisplayName(path)), ListEntry.Place(entry.Line), e);
        }
        catch (Exception e) when (e is VectorDataException or IOException or UnauthorizedAccessException)
        {
            throw new FileProblemException(
                ReadFailure.Describe(e, InputFile.DisplayName(path)) ?? e.Message, ListEntry.Place(entry.Line), e);
        }
    }

    private void AddFile(string key, string path, long line)
    {
        VectorFormat format;
        using (InputBytes input = InputBytes.Open(path))
        {
            string extension = Path.GetExtension(path).ToUpperInvariant();
            format = extension == ".GZ" ? VectorFormat.Raw : new FormatChoice(_options, extension).Choose(input.Head.Span, input.Length);
        }

        switch (format)
        {
            case VectorFormat.Htk:
                AddSegment(key, HtkFeatures.Read(Bytes(path)), line);
                break;
            case VectorFormat.KaldiArchive:
                foreach (KeyedSegment segment in KaldiArchive.Read(Bytes(path), key, _request.Notice))
                {
                    AddSegment(segment.Key, segment.Matrix, line);
                }

                break;
            case VectorFormat.FileList:
                throw new FileProblemException("it is a list of files; name the files themselves.");
            default:
                AddOther(key, path, line);
                break;
        }
    }

    private void AddSegment(string key, MatrixSegment? matrix, long line)
    {
        if (matrix is null)
        {
            _request.Notice($"utterance {MessageText.Quote(key)} is left out, because it has no rows.");
            return;
        }

        CheckDimension(key, matrix.Dimension, line);
        _segments.Add(new KeyedSegment(key, matrix));
    }

    private void AddOther(string key, string path, long line)
    {
        EndSegments();
        IRandomAccessVectorSource rows = (IRandomAccessVectorSource)VectorFile.Open(path, _options);
        _parts.Add(rows.Utterances.Count > 0 ? rows : new KeyedVectorSource(rows, [new Utterance(key, 0, rows.Count)]));
        CheckDimension(key, rows.Dimension, line);
    }

    private void EndSegments()
    {
        if (_segments.Count > 0)
        {
            // Every part of these owns the pool. All parts are disposed together, and the pool may be disposed repeatedly.
            _parts.Add(new SegmentVectorSource(_segments, _request.Source, _pool));
            _segments.Clear();
        }
    }

    private void CheckDimension(string key, int dimension, long line)
    {
        _first ??= (key, dimension);
        SegmentCheck.SameDimension(key, dimension, _first.Value.Key, _first.Value.Dimension, ListEntry.Place(line));
    }

    private PooledBytes Bytes(string path)
    {
        if (!_files.TryGetValue(path, out PooledBytes? bytes))
        {
            using FileStream file = InputFile.Open(path, sequential: false);
            if (!file.CanSeek)
            {
                throw new FileProblemException("it is a pipe; a list can name only files.");
            }

            bytes = new PooledBytes(_pool, path, InputFile.DisplayName(path), file.Length);
            _files.Add(path, bytes);
        }

        return bytes;
    }

    // Kaldi and HTK resolve names from the current folder. A list that was moved together with its files is found as well.
    private string Resolve(string path)
    {
        if (path == InputFile.Standard)
        {
            return Path.Combine(".", path);
        }

        string besideList = _folder is null ? path : Path.Combine(_folder, path);
        return !File.Exists(path) && File.Exists(besideList) ? besideList : path;
    }
}
