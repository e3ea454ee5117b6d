using System.Buffers.Binary;
using System.IO.Compression;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Arrays of archives that are read in several pieces, and one that ends before its claimed length.</summary>
public sealed class NpzMemberTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression, false)]
    [InlineData(CompressionLevel.Fastest, false)]
    [InlineData(CompressionLevel.Fastest, true)]
    public void Load_ArraysOfSeveralPieces_GivesTheirNumbersInOrder(CompressionLevel level, bool fortranOrder)
    {
        // 240,000 bytes: three whole pieces and a part of one.
        const int count = 300;
        const int dimension = 100;
        double[] means = [.. Enumerable.Range(0, count * dimension).Select(i => (double)i)];
        double[] stored = fortranOrder
            ? [.. Enumerable.Range(0, means.Length).Select(i => means[(i % count * dimension) + (i / count)])]
            : means;
        using NpzBytes zip = new();
        zip.Add("weights", [count], [.. Enumerable.Repeat(1.0 / count, count)])
            .Add("means", NpyElementType.Float64, [count, dimension], stored, level, fortranOrder)
            .Add("covariances", [count, dimension], [.. means.Select(x => 1 + x)], level);
        GaussianMixture model = ModelFile.Load(_folder.Write("m.npz", zip.ToArray()));
        Assert.Equal(means, model.Means.ToArray());
        Assert.Equal(means.Select(x => 1 + x), model.Covariances.ToArray());
    }

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
