namespace GmmNative.Files.Detection;

/// <summary>Distinguishes zip archives by the names of their first members.</summary>
internal static class ZipContents
{
    /// <summary>Recognizes an archive by its first bytes.</summary>
    public static ForeignFormat? Recognize(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("PK\u0003\u0004"u8) && !head.StartsWith("PK\u0005\u0006"u8))
        {
            return null;
        }

        if (Has(head, "weights.npy"u8) || Has(head, "means.npy"u8))
        {
            return new ForeignFormat("a model (.npz), not vectors", "give the model as MODEL, and the vectors as INPUT");
        }

        if (Has(head, ".npy"u8))
        {
            return new ForeignFormat("a NumPy archive (.npz)", "give the file itself, without --format and not compressed again");
        }

        return Has(head, "word/"u8) || Has(head, "ppt/"u8) ? new ForeignFormat("an Office document", "save its table as .csv")
            : Has(head, "xl/"u8) || Has(head, "[Content_Types].xml"u8)
                ? new ForeignFormat("an Excel workbook (.xlsx)", "save the sheet as .csv")
            : Has(head, "opendocument.spreadsheet"u8) ? new ForeignFormat("an OpenDocument spreadsheet (.ods)", "save the sheet as .csv")
            : new ForeignFormat("a zip archive", "unpack it first");
    }

    /// <summary>Whether a file is an archive of NumPy arrays.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="hasMember">Whether a member is named. Otherwise a model is not such an archive.</param>
    public static bool AreArrays(ReadOnlySpan<byte> head, bool hasMember) =>
        head.StartsWith("PK\u0003\u0004"u8) && Has(head, ".npy"u8)
        && (hasMember || !(Has(head, "weights.npy"u8) || Has(head, "means.npy"u8)));

    private static bool Has(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) => head.IndexOf(name) >= 0;
}
