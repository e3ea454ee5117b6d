using System.Buffers.Binary;
using System.IO.Compression;
using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Zip archives as they may come, good and bad.</summary>
public sealed class NpzReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression, false)]
    [InlineData(CompressionLevel.Fastest, false)]
    [InlineData(CompressionLevel.Fastest, true)]
    public void Load_ArraysOfMoreThan64Kilobytes_GivesTheirNumbers(CompressionLevel level, bool fortranOrder)
    {
        // 345,600 bytes of covariances: five whole pieces and a part of one.
        const int count = 300;
        const int dimension = 12;
        Random random = new(1);
        double[] means = [.. Enumerable.Range(0, count * dimension).Select(_ => random.NextDouble())];
        double[] covariances = new double[count * dimension * dimension];
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double value = i == j ? dimension + random.NextDouble() : random.NextDouble() - 0.5;
                    covariances[(((k * dimension) + i) * dimension) + j] = value;
                    covariances[(((k * dimension) + j) * dimension) + i] = value;
                }
            }
        }

        double[] stored = covariances;
        if (fortranOrder)
        {
            stored = new double[covariances.Length];
            for (int k = 0; k < count; k++)
            {
                for (int i = 0; i < dimension; i++)
                {
                    for (int j = 0; j < dimension; j++)
                    {
                        stored[k + (count * (i + (dimension * j)))] = covariances[(((k * dimension) + i) * dimension) + j];
                    }
                }
            }
        }

        string path = Write(zip => zip
            .Add("weights", [count], [.. Enumerable.Repeat(1.0 / count, count)])
            .Add("means", [count, dimension], means, level)
            .Add("covariances", NpyElementType.Float64, [count, dimension, dimension], stored, level, fortranOrder));
        GaussianMixture model = ModelFile.Load(path);
        Assert.Equal(means, model.Means.ToArray());
        Assert.Equal(covariances, model.Covariances.ToArray());

        string saved = _folder.PathOf("saved.npz");
        ModelFile.Save(model, saved);
        Assert.Equal(covariances, ModelFile.Load(saved).Covariances.ToArray());
    }

    [Fact]
    public void Load_AMemberOfFewerBytesThanItsHeaderClaims_IsRefused()
    {
        // Stored bytes cut off: the directory says so.
        byte[] whole = Small(CompressionLevel.NoCompression);
        int entry = FindEntry(whole, "means.npy");
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(entry + 20), 140);
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(entry + 24), 140);
        Refusal.ExpectModel(_folder.Write("m.npz", whole), "array 'means'", "shape (1, 2) of <f8 takes 16 bytes, but 12 were found");

        // Deflated bytes that end early: nothing says so before they are unpacked.
        whole = Small(CompressionLevel.Optimal);
        entry = FindEntry(whole, "means.npy");
        Span<byte> packed = whole.AsSpan(entry + 20);
        BinaryPrimitives.WriteUInt32LittleEndian(packed, BinaryPrimitives.ReadUInt32LittleEndian(packed) - 4);
        Refusal.ExpectModel(_folder.Write("m.npz", whole), "array 'means'");
    }

    [Fact]
    public void Load_AMemberThatUnpacksToMoreThanItClaims_IsRefused()
    {
        // The bytes of a larger array behind the header of a smaller one; the checksum is that of the smaller one.
        byte[] bytes = [.. Array("(1, 2)", 0, 0), .. new byte[80]];
        byte[] whole = WriteMembers(("weights", Array("(1,)", 1)), ("means", bytes), ("covariances", Array("(1, 2)", 1, 1)));
        int entry = FindEntry(whole, "means.npy");
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(entry + 24), (uint)(bytes.Length - 80));
        Refusal.ExpectModel(_folder.Write("m.npz", whole), "array 'means'", "unpacks to more");
    }

    [Theory]
    [InlineData("means")]
    [InlineData("x")]
    public void Load_TwoMembersOfOneName_IsRefused(string name)
    {
        string path = Write(zip => AddModel(zip).Add(name, [1, 2], [5, 6]).Add(name, [1, 2], [7, 8]));
        Refusal.ExpectModel(path, $"'{name}.npy' twice");
    }

    [Fact]
    public void Load_ArchiveWithACommentAndOtherMembers_IsRead()
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Comment = "a comment with a mark PK\u0005\u0006 and then some more text";
            zip.CreateEntry("notes.txt");
            foreach ((string name, byte[] array) in SmallArrays())
            {
                using Stream entry = zip.CreateEntry(name + ".npy").Open();
                entry.Write(array);
            }
        }

        Assert.Equal(2, ModelFile.Load(_folder.Write("m.npz", stream.ToArray())).Dimension);
    }

    [Theory]
    [InlineData(8, 1, "encrypted")]
    [InlineData(10, 12, "method 12")]
    [InlineData(10, 8, "does not agree with the directory")]
    [InlineData(20, 1, "cannot hold them")]
    [InlineData(42, 7, "does not agree with the directory")]
    [InlineData(16, 7, "checksum")]
    public void Load_DirectoryThatLiesAboutAMember_IsRefused(int field, ushort value, string problem)
    {
        byte[] whole = Small(CompressionLevel.NoCompression);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(FindEntry(whole, "means.npy") + field), value);
        Refusal.ExpectModel(_folder.Write("m.npz", whole), "array 'means'", problem);
    }

    [Theory]
    [InlineData(20, 0xFFFF_FFFE)]
    [InlineData(42, 0xFFFF_FFF0)]
    [InlineData(20, 0xFFFF_FFFF)]
    [InlineData(24, 0xFFFF_FFFF)]
    [InlineData(42, 0xFFFF_FFFF)]
    [InlineData(28, 0xFFFF_FFFF)]
    [InlineData(0, 0)]
    public void Load_DamagedDirectory_IsRefused(int field, uint value)
    {
        byte[] whole = Small(CompressionLevel.NoCompression);
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(FindEntry(whole, "means.npy") + field), value);
        Refusal.ExpectModel(_folder.Write("m.npz", whole), "directory of the zip archive is damaged");
    }

    [Theory]
    [InlineData(4, 1, "several parts")]
    [InlineData(10, 4000, "damaged")]
    [InlineData(12, 60000, "damaged")]
    [InlineData(16, 60000, "damaged")]
    [InlineData(20, 9, "cut off")]
    public void Load_EndThatLies_IsRefused(int field, ushort value, string problem)
    {
        byte[] whole = Small(CompressionLevel.NoCompression);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(whole.Length - 22 + field), value);
        Refusal.ExpectModel(_folder.Write("m.npz", whole), problem);
    }

    [Fact]
    public void Load_TruthValuesOtherThanOne_CountAsOne()
    {
        string path = Write(zip => zip
            .Add("weights", [1], [1])
            .Add<byte>("means", new NpyElementType('b', 1), [1, 3], [0, 255, 37])
            .Add<byte>("covariances", new NpyElementType('b', 1), [1, 3], [1, 2, 3]));
        GaussianMixture model = ModelFile.Load(path);
        Assert.Equal([0, 1, 1], model.Means.ToArray());
        Assert.Equal([1, 1, 1], model.Covariances.ToArray());
    }

    [Fact]
    public void Load_TextWithoutEnd_IsRefusedHoweverManyItClaims()
    {
        string path = Write(zip => AddModel(zip).Add<byte>("covariance_type", new NpyElementType('U', 0), [1L << 62, 4], []));
        Refusal.ExpectModel(path, "array 'covariance_type'", "more than any file can hold");
    }

    private static NpzBytes AddModel(NpzBytes zip, CompressionLevel level = CompressionLevel.NoCompression) =>
        zip.Add("weights", [1], [1], level).Add("means", [1, 2], [3, 4], level).Add("covariances", [1, 2], [1, 2], level);

    private static byte[] Small(CompressionLevel level)
    {
        using NpzBytes zip = new();
        return AddModel(zip, level).ToArray();
    }

    private static IEnumerable<(string Name, byte[] Array)> SmallArrays() =>
        [("weights", Array("(1,)", 1)), ("means", Array("(1, 2)", 3, 4)), ("covariances", Array("(1, 2)", 1, 2))];

    private static byte[] Array(string shape, params double[] values)
    {
        byte[] header = System.Text.Encoding.ASCII.GetBytes($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n");
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header,
            .. System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(values),
        ];
    }

    private static byte[] WriteMembers(params (string Name, byte[] Bytes)[] members)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in members)
            {
                using Stream entry = zip.CreateEntry(name + ".npy", CompressionLevel.Optimal).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Where the directory's entry of a member starts.</summary>
    private static int FindEntry(byte[] archive, string name)
    {
        int place = archive.AsSpan().LastIndexOf(System.Text.Encoding.ASCII.GetBytes(name)) - 46;
        Assert.Equal(0x02014B50u, BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(place)));
        return place;
    }

    private string Write(Func<NpzBytes, NpzBytes> fill)
    {
        using NpzBytes zip = new();
        return _folder.Write("m.npz", fill(zip).ToArray());
    }
}
