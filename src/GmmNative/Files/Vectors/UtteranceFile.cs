using GmmNative.Data.Sources;
using GmmNative.Files.Bytes;
using GmmNative.Files.Detection;
using GmmNative.Files.Htk;
using GmmNative.Files.Kaldi;
using GmmNative.Files.Options;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Vectors;

/// <summary>Opens the formats of speech recognition, whose rows belong to utterances.</summary>
internal static class UtteranceFile
{
    /// <summary>Whether a format has utterances.</summary>
    public static bool IsFormat(VectorFormat format) =>
        format is VectorFormat.KaldiArchive or VectorFormat.KaldiText or VectorFormat.Htk or VectorFormat.FileList;

    /// <summary>Opens an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="format">A format for which <see cref="IsFormat"/> is true.</param>
    /// <param name="path">The path of the input, or <c>-</c>.</param>
    /// <param name="request">The requested columns.</param>
    /// <param name="options">The options, for the files of a list.</param>
    public static IVectorSource Read(
        InputBytes input, VectorFormat format, string path, ColumnRequest request, VectorFileOptions options)
    {
        if (format is VectorFormat.KaldiText or VectorFormat.FileList)
        {
            using Stream text = input.Take();
            return request.Select(format == VectorFormat.KaldiText
                ? KaldiText.Read(text, request.Source, request.Notice)
                : FileList.Read(text, path, request, options));
        }

        FileStream? file = input.IsRegularFile ? (FileStream)input.Take() : null;
        try
        {
            ByteSource bytes = file is null ? Load(input) : new FileBytes(file, request.Source);
            string key = InputFile.KeyOf(path);
            IReadOnlyList<KeyedSegment> segments = format == VectorFormat.Htk
                ? [new KeyedSegment(key, HtkFeatures.Read(bytes))]
                : KaldiArchive.Read(bytes, key, request.Notice);
            return request.Select(new SegmentVectorSource(segments, request.Source, file));
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Makes a source without utterances one utterance, which has the name of the file.</summary>
    public static IVectorSource WithKey(IVectorSource rows, string path) =>
        rows.Utterances.Count == 0 && rows is IRandomAccessVectorSource direct
            ? new KeyedVectorSource(direct, [new Utterance(InputFile.KeyOf(path), 0, direct.Count)])
            : rows;

    private static MemoryBytes Load(InputBytes input)
    {
        using Stream stream = input.Take();
        return MemoryBytes.Load(stream);
    }
}
