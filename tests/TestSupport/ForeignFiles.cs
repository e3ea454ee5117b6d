using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace GmmNative.TestSupport;

/// <summary>Small files of formats that are recognized and not read as vectors, made by hand.</summary>
public static class ForeignFiles
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 390).Select(i => MathF.Sin(i) + (i % 7))];

    /// <summary>What a message calls each kind, the extension it usually has, and its bytes.</summary>
    public static IReadOnlyDictionary<string, (string Extension, byte[] Content)> All { get; } = new Dictionary<string, (string, byte[])>
    {
        ["JSON lines"] = (".jsonl", Text("{\"x\": 1.5, \"y\": 2}\n{\"x\": 2.5, \"y\": 3}\n")),
        ["it is JSON;"] = (".json", Text("[\n  [1.5, 2],\n  [2.5, 3]\n]\n")),
        ["HDF5"] = (".h5", [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 0, 0, 8, 8, 0, .. Numbers(40)]),
        ["MATLAB"] = (".mat", [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, Platform: GLNXA64".PadRight(124)), 0, 1, (byte)'I',
            (byte)'M', .. Numbers(40)]),
        ["MATLAB file (.mat, level 4)"] = (".mat", MatlabLevel4()),
        ["Excel workbook (.xlsx)"] = (".xlsx", Zip("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")),
        ["zip archive"] = (".zip", Zip("data.csv")),
        ["Parquet"] = (".parquet", [.. "PAR1"u8, .. Numbers(40), .. "PAR1"u8]),
        ["Arrow"] = (".feather", [.. "ARROW1\0\0"u8, .. Numbers(40), .. "ARROW1"u8]),
        ["a Feather file"] = (".feather", [.. "FEA1"u8, .. Numbers(40), .. "FEA1"u8]),
        ["Python pickle"] = (".pkl", [0x80, 4, 0x95, 40, 0, 0, 0, 0, 0, 0, 0, .. Numbers(10), (byte)'.']),
        ["bzip2"] = (".bz2", [.. "BZh91AY&SY"u8, .. Numbers(40)]),
        ["xz"] = (".xz", [0xFD, .. "7zXZ\0"u8, .. Numbers(40)]),
        ["Zstandard"] = (".zst", [0x28, 0xB5, 0x2F, 0xFD, .. Numbers(40)]),
        ["PNG image"] = (".png", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Numbers(40)]),
        ["PDF document"] = (".pdf", [.. "%PDF-1.7\n"u8, .. Numbers(40)]),
        ["sound file (WAV)"] = (".wav", [.. "RIFF"u8, 0, 1, 0, 0, .. "WAVEfmt "u8, .. Numbers(40)]),
        ["Git LFS"] = (".npy", Text("version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12345\n")),
        ["HTML page"] = (".csv", Text("<!DOCTYPE html>\n<html><body>404</body></html>\n")),
        ["UTF-16"] = (".txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("1 2\r\n3 4\r\n")]),
        ["R object"] = (".rds", Gzip([.. "X\n"u8, 0, 0, 0, 3, 0, 4, 2, 0, .. Numbers(40)])),
    };

    /// <summary>The bytes packed with gzip.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>HTK features: 10 samples of 39 numbers, MFCC with energy and deltas.</summary>
    public static byte[] Htk(bool bigEndian)
    {
        byte[] header = new byte[12];
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(header, 10);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 100_000);
            BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(8), 156);
            BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(10), 6 | 0x40 | 0x100 | 0x200);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(header, 10);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 100_000);
            BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(8), 156);
            BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(10), 9);
        }

        return [.. header, .. Numbers(390)];
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Numbers(int count) => MemoryMarshal.AsBytes(Values.AsSpan(0, count)).ToArray();

    private static byte[] Zip(params string[] names)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(Numbers(39));
            }
        }

        return stream.ToArray();
    }

    private static byte[] MatlabLevel4()
    {
        int[] header = [0, 5, 2, 0, 2];
        return [.. MemoryMarshal.AsBytes(header.AsSpan()), (byte)'x', 0, .. Numbers(20)];
    }
}
