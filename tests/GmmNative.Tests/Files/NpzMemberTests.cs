using System.Buffers.Binary;
using System.IO.Compression;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>An array of an archive that ends before its claimed length.</summary>
public sealed class NpzMemberTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_MemberThatEndsBeforeTheLengthOfTheDirectory_IsCutOff()
    {
        // Whole deflated bytes with the right checksum, of half the array that header and directory agree on.
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "weights", [1], [1.0]);
            Add(zip, "means", [1, 2], [3.0]);
            Add(zip, "covariances", [1, 2], [1.0, 1.0]);
        }

        byte[] bytes = stream.ToArray();
        Span<byte> entry = bytes.AsSpan(bytes.AsSpan().LastIndexOf("means.npy"u8) - 46);
        Assert.Equal(0x02014B50u, BinaryPrimitives.ReadUInt32LittleEndian(entry));
        BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]) + sizeof(double));
        Refusal.ExpectModel(_folder.Write("m.npz", bytes), "array 'means'", "it is cut off");
    }

    private static void Add(ZipArchive zip, string name, long[] shape, double[] values)
    {
        using Stream entry = zip.CreateEntry($"{name}.npy", CompressionLevel.Optimal).Open();
        new NpyHeader(NpyElementType.Float64, false, shape).Write(entry);
        NumberWriter.WriteRaw<double>(entry, values);
    }
}
