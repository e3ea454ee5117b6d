using System.Text;

namespace GmmNative.Files.Detection;

/// <summary>Recognizes formats that cannot be read as vectors, by their first bytes.</summary>
internal static class ForeignFormats
{
    private const string SaveTable = "save its table as .csv or .npy, for example with pandas";
    private const string Unpack = "unpack it first";
    private const string NoVectors = "it does not contain vectors; extract them and save them as .npy or .csv";

    private static readonly Signature[] Signatures =
    [
        new("PAR1", "a Parquet file", "read it with the package GmmNative.Formats.Parquet, or " + SaveTable),
        new("ARROW1", "an Arrow file (Feather)", "read it with the package GmmNative.Formats.Arrow, or " + SaveTable),
        new("FEA1", "a Feather file of version 1", "write it again as version 2, the default of today's writers, or " + SaveTable),
        new("MATLAB 5.0 MAT-file", "a MATLAB file (.mat)", "save its matrix as .csv (writematrix) or .npy (scipy.io.loadmat)"),
        new("MATLAB 7.3 MAT-file", "a MATLAB file (.mat, HDF5)", "save its matrix as .csv (writematrix) or .npy (h5py and numpy.save)"),
        new("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "an old Excel or other Office document", "save the sheet as .csv"),
        new("SQLite format 3\0", "an SQLite database", SaveTable),
        new("RDX2\n", "an R workspace (.RData)", "write the table with write.csv"),
        new("RDX3\n", "an R workspace (.RData)", "write the table with write.csv"),
        new("X\n\0\0\0\u0002", "an R object (.rds)", "write the table with write.csv"),
        new("X\n\0\0\0\u0003", "an R object (.rds)", "write the table with write.csv"),
        new("$FL2", "an SPSS file", SaveTable),
        new("<stata_dta>", "a Stata file", SaveTable),
        new("Obj\u0001", "an Avro file", SaveTable),
        new("SIMPLE  =", "a FITS file", "save its table as .csv or .npy"),
        new("CDF\u0001", "a NetCDF file", "save its variable as .npy"),
        new("CDF\u0002", "a NetCDF file", "save its variable as .npy"),
        new("BZh", "packed with bzip2", Unpack + " (bunzip2)", then: "1AY&SY", thenAt: 4),
        new("\u00FD7zXZ\0", "packed with xz", Unpack + " (unxz)"),
        new("(\u00B5/\u00FD", "packed with Zstandard", Unpack + " (unzstd)"),
        new("\u0004\"M\u0018", "packed with lz4", Unpack + " (unlz4)"),
        new("7z\u00BC\u00AF\u0027\u001C", "a 7-Zip archive", Unpack),
        new("Rar!\u001A\u0007", "a RAR archive", Unpack),
        new("\u0089PNG\r\n\u001A\n", "a PNG image", NoVectors),
        new("\u00FF\u00D8\u00FF", "a JPEG image", NoVectors, then: "JFIF", thenAt: 6),
        new("\u00FF\u00D8\u00FF", "a JPEG image", NoVectors, then: "Exif", thenAt: 6),
        new("GIF87a", "a GIF image", NoVectors),
        new("GIF89a", "a GIF image", NoVectors),
        new("II*\0\b\0\0\0", "a TIFF image", NoVectors),
        new("MM\0*\0\0\0\b", "a TIFF image", NoVectors),
        new("%PDF-", "a PDF document", NoVectors),
        new("RIFF", "a sound file (WAV)", NoVectors, then: "WAVE", thenAt: 8),
        new("fLaC", "a sound file (FLAC)", NoVectors),
        new("OggS\0", "a sound file (Ogg)", NoVectors),
        new("NIST_1A\n", "a sound file (NIST Sphere)", NoVectors),
        new("\u007FELF", "a program or a library", NoVectors),
        new("version https://git-lfs.github.com/spec/", "a pointer of Git LFS, not the data itself", "fetch the data with git lfs pull"),
        new("%%MatrixMarket", "a Matrix Market file", "save its matrix as .npy, for example with scipy.io.mmread and numpy.save"),
        new("@RELATION ", "an ARFF file", "save the lines below @DATA as .csv"),
        new("@relation ", "an ARFF file", "save the lines below @data as .csv"),
        new("ustar", "a tar archive", Unpack + " (tar -xf)", at: 257),
    ];

    // The offsets at which an HDF5 signature may be. In a MATLAB 7.3 file it is at 512.
    private static readonly int[] Hdf5Places = [0, 512, 1024, 2048];

    private static ReadOnlySpan<byte> Hdf5Mark => [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10];

    /// <summary>Recognizes a format.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>The format, or <see langword="null"/> if the bytes match no known format.</returns>
    public static ForeignFormat? Recognize(ReadOnlySpan<byte> head)
    {
        foreach (Signature signature in Signatures)
        {
            if (signature.Matches(head))
            {
                return signature.Format;
            }
        }

        foreach (int place in Hdf5Places)
        {
            if (head.Length > place && head[place..].StartsWith(Hdf5Mark))
            {
                return new ForeignFormat(
                    "an HDF5 file", "a later version will read it; for now save its data set as .npy (h5py and numpy.save)");
            }
        }

        return ZipContents.Recognize(head)
            ?? JsonContents.Recognize(head)
            ?? PickleFile.Recognize(head)
            ?? MatlabHeader.Recognize(head)
            ?? RecognizeText(head);
    }

    private static ForeignFormat? RecognizeText(ReadOnlySpan<byte> head)
    {
        if (IsUtf16(head))
        {
            return new ForeignFormat("text in UTF-16", "save it as UTF-8");
        }

        ReadOnlySpan<byte> start = TextBytes.WithoutMark(head).TrimStart(" \t\r\n"u8);
        string word = Encoding.Latin1.GetString(start[..Math.Min(16, start.Length)]).ToUpperInvariant();
        return word.StartsWith("<!DOCTYPE", StringComparison.Ordinal) || word.StartsWith("<HTML", StringComparison.Ordinal)
            ? new ForeignFormat("an HTML page", "a download may have been refused; fetch the data itself")
            : word.StartsWith("<?XML", StringComparison.Ordinal) ? new ForeignFormat("an XML document", SaveTable)
            : null;
    }

    // UTF-16 has a byte order mark. In text that is mostly ASCII, every second byte is zero and the other bytes are not.
    private static bool IsUtf16(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || !(head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
        {
            return false;
        }

        int zero = head[0] == 0xFF ? 1 : 0;
        int seen = Math.Min(head.Length & ~1, 64);
        for (int i = 2; i < seen; i += 2)
        {
            if (head[i + zero] != 0 || head[i + 1 - zero] is 0 or > 126)
            {
                return false;
            }
        }

        return true;
    }
}
