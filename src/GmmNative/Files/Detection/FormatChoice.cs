using GmmNative.Errors;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Options;

namespace GmmNative.Files.Detection;

/// <summary>
/// Finds out what an input is: from what the caller says, then from its first bytes, and from its extension only where those leave it open.
/// </summary>
/// <param name="options">What the caller says.</param>
/// <param name="extension">The extension of the name, upper case with its point, without <c>.GZ</c>.</param>
internal sealed class FormatChoice(VectorFileOptions options, string extension)
{
    private static readonly string[] ForeignExtensions =
    [
        ".NPZ", ".PARQUET", ".FEATHER", ".ARROW", ".H5", ".HDF5", ".MAT", ".XLSX", ".XLS", ".ODS", ".ZIP", ".JSON", ".JSONL", ".NDJSON",
        ".PKL", ".PICKLE", ".ARK", ".SCP", ".HTK", ".RDS", ".RDATA", ".SAV", ".DTA", ".DB", ".BZ2", ".XZ", ".ZST", ".7Z", ".TAR",
    ];

    /// <summary>The number type that an extension stands for.</summary>
    public static NpyElementType? TypeOf(string extension) => extension switch
    {
        ".F64" => NpyElementType.Float64,
        ".F32" => NpyElementType.Float32,
        ".I32" => NpyElementType.Int32,
        _ => null,
    };

    /// <summary>Whether the caller or the extension says what type the numbers have.</summary>
    public bool IsTyped => options.RawType is not null || TypeOf(extension) is not null;

    /// <summary>Chooses.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="length">The length, where it is known.</param>
    /// <exception cref="FileProblemException">The input is of a format that is not read, or not what the caller says.</exception>
    public VectorFormat Choose(ReadOnlySpan<byte> head, long? length)
    {
        if (options.Format == VectorFileFormat.Raw)
        {
            return VectorFormat.Raw;
        }

        bool isArray = NpyHeader.IsStart(head);
        ForeignFormat? foreign = isArray ? null : ForeignFormats.Recognise(head, length);
        if (foreign is not null && (foreign.IsCertain || !IsTyped))
        {
            throw foreign.Problem();
        }

        return options.Format is { } format ? CheckAsked(format, head, isArray)
            : isArray ? VectorFormat.Npy
            : ByContents(head);
    }

    private static VectorFormat CheckAsked(VectorFileFormat format, ReadOnlySpan<byte> head, bool isArray)
    {
        if (isArray != (format == VectorFileFormat.Npy))
        {
            throw new FileProblemException(isArray
                ? "it is a NumPy array (.npy), not text: give --format npy, or leave --format out."
                : "it does not start with the mark of a NumPy array (.npy), which --format npy asks for.");
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
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of vector files."),
        };
    }

    private VectorFormat ByContents(ReadOnlySpan<byte> head)
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
            // What is wrong with an array that has no mark is the reader's to say.
            return isText
                ? throw new FileProblemException("it is text, not a NumPy array (.npy): rename it, or give --format csv, tsv or txt.")
                : VectorFormat.Npy;
        }

        if (extension is ".F64" or ".F32" or ".I32" or ".RAW" or ".BIN" || options.RawType is not null)
        {
            // A few bytes of text may be numbers: what the name or the caller says counts.
            return isText && certain
                ? throw new FileProblemException("it is text, not raw numbers: rename it, or give --format csv, tsv or txt.")
                : VectorFormat.Raw;
        }

        return isText && extension is not (".ARK" or ".SCP") ? VectorFormat.AnyText
            : Array.IndexOf(ForeignExtensions, extension) >= 0
                ? throw new FileProblemException(
                    $"{extension.ToLowerInvariant()} files are not read as vectors; save them as .npy or .csv.")
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
