using GmmNative.Errors;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Options;

namespace GmmNative.Files.Detection;

/// <summary>
/// Determines the format of an input: from the options, then from its first bytes, and from its extension only if these are ambiguous.
/// </summary>
/// <param name="options">The options of the caller.</param>
/// <param name="extension">The extension of the name, in upper case with its period, without <c>.GZ</c>.</param>
internal sealed class FormatChoice(VectorFileOptions options, string extension)
{
    private static readonly string[] ForeignExtensions =
    [
        ".NPZ", ".PARQUET", ".FEATHER", ".ARROW", ".H5", ".HDF5", ".MAT", ".XLSX", ".XLS", ".ODS", ".ZIP", ".JSON", ".JSONL", ".NDJSON",
        ".PKL", ".PICKLE", ".RDS", ".RDATA", ".SAV", ".DTA", ".DB", ".BZ2", ".XZ", ".ZST", ".7Z", ".TAR",
    ];

    /// <summary>Returns the number type of an extension, or <see langword="null"/>.</summary>
    public static NpyElementType? TypeOf(string extension) => extension switch
    {
        ".F64" => NpyElementType.Float64,
        ".F32" => NpyElementType.Float32,
        ".I32" => NpyElementType.Int32,
        _ => null,
    };

    /// <summary>Whether the options or the extension specify the number type.</summary>
    public bool IsTyped => options.RawType is not null || TypeOf(extension) is not null;

    /// <summary>Chooses the format.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="length">The length, if it is known.</param>
    /// <exception cref="FileProblemException">The format cannot be read, or contradicts the options.</exception>
    public VectorFormat Choose(ReadOnlySpan<byte> head, long? length)
    {
        if (options.Format is VectorFileFormat.Raw or VectorFileFormat.Htk)
        {
            return options.Format == VectorFileFormat.Raw ? VectorFormat.Raw : VectorFormat.Htk;
        }

        bool isArray = NpyHeader.IsStart(head);
        if (!isArray && options.Format is null or VectorFileFormat.Scp && Speech(head, length) is { } speech)
        {
            return speech;
        }

        ForeignFormat? foreign = isArray ? null : ForeignFormats.Recognize(head);
        if (foreign is not null && (foreign.IsCertain || !IsTyped))
        {
            throw foreign.Problem();
        }

        return options.Format is { } format ? CheckRequested(format, head, isArray)
            : isArray ? VectorFormat.Npy
            : ByContents(head, length);
    }

    private static VectorFormat CheckRequested(VectorFileFormat format, ReadOnlySpan<byte> head, bool isArray)
    {
        if (isArray != (format == VectorFileFormat.Npy))
        {
            throw new FileProblemException(isArray
                ? "it is a NumPy array (.npy), not text: give --format npy, or leave --format out."
                : "it does not start with the signature of a NumPy array (.npy), which --format npy requires.");
        }

        if (!isArray)
        {
            CheckNoZeros(head);
        }

        return format switch
        {
            VectorFileFormat.Npy => VectorFormat.Npy,
            VectorFileFormat.Csv => VectorFormat.Csv,
            VectorFileFormat.Tsv => VectorFormat.Tsv,
            VectorFileFormat.Text => VectorFormat.Blanks,
            VectorFileFormat.Scp => VectorFormat.FileList,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of vector files."),
        };
    }

    // A list is text, which a Kaldi archive may be, too.
    private VectorFormat? Speech(ReadOnlySpan<byte> head, long? length) =>
        options.Format is null && KaldiFile.Recognize(head) is { } kaldi ? kaldi
        : options.Format is null && !IsTyped && HtkHeader.IsHeader(head, length) ? VectorFormat.Htk
        : (extension is ".SCP" or ".LST" or ".LIST" || options.Format is not null) && TextBytes.AreText(head, out _) ? VectorFormat.FileList
        : null;

    private VectorFormat ByContents(ReadOnlySpan<byte> head, long? length)
    {
        VectorFormat? text = extension switch
        {
            ".CSV" => VectorFormat.Csv,
            ".TSV" or ".TAB" => VectorFormat.Tsv,
            ".TXT" => VectorFormat.AnyText,
            _ => null,
        };
        if (text is { } known)
        {
            CheckNoZeros(head);
            return known;
        }

        bool isText = TextBytes.AreText(head, out bool certain);
        if (extension == ".NPY")
        {
            // The reader reports what is wrong with an array that has no signature.
            return isText
                ? throw new FileProblemException("it is text, not a NumPy array (.npy): rename it, or give --format csv, tsv or txt.")
                : VectorFormat.Npy;
        }

        if (extension is ".F64" or ".F32" or ".I32" or ".RAW" or ".BIN" || options.RawType is not null)
        {
            // A few bytes of text may also be numbers. Then the extension or the options decide.
            return isText && certain
                ? throw new FileProblemException("it is text, not raw numbers: rename it, or give --format csv, tsv or txt.")
                : VectorFormat.Raw;
        }

        if (extension is ".ARK" or ".HTK" or ".MFC" or ".SCP" or ".LST" or ".LIST" && !(isText && extension is ".MFC"))
        {
            throw new FileProblemException(extension switch
            {
                ".ARK" => "it is not a Kaldi archive: it does not start with a key and a matrix.",
                ".HTK" or ".MFC" => $"its header is not that of HTK features{(length is null ? ", or --format htk is missing" : "")}.",
                _ => "it is not a list of files: it is not text.",
            });
        }

        return isText ? VectorFormat.AnyText
            : Array.IndexOf(ForeignExtensions, extension) >= 0
                ? throw new FileProblemException(
                    $"{extension.ToLowerInvariant()} files cannot be read as vectors; save them as .npy or .csv.")
            : VectorFormat.Raw;
    }

    private static void CheckNoZeros(ReadOnlySpan<byte> head)
    {
        int zero = head.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new FileProblemException($"it is not text: byte {zero + 1} is zero.");
        }
    }
}
