using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Text and arrays packed with gzip.</summary>
public sealed class GzipVectorTests : IDisposable
{
    private static readonly byte[] Text = [.. System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 30_000).Select(i =>
        $"{i},{i * 7919 % 10_007}.5\n")))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x.csv.gz")]
    [InlineData("x.gz")]
    [InlineData("x.csv")]
    [InlineData("x")]
    public void Open_PackedText_GivesTheRows(string name)
    {
        double[] expected = VectorFile.Open(_folder.Write("plain.csv", Text)).ReadAll();
        Assert.Equal(expected, VectorFile.Open(_folder.Write(name, ForeignFiles.Gzip(Text))).ReadAll());
    }

    [Fact]
    public void Open_SeveralMembers_AreOneText()
    {
        byte[] packed = [.. ForeignFiles.Gzip("1,2\n3,"u8.ToArray()), .. ForeignFiles.Gzip("4\n"u8.ToArray()), .. ForeignFiles.Gzip([])];
        Assert.Equal([1, 2, 3, 4], VectorFile.Open(_folder.Write("x.csv.gz", packed)).ReadAll());
    }

    [Theory]
    [InlineData("f8.npy")]
    [InlineData("f8_fortran.npy")]
    [InlineData("f4_fortran.npy")]
    public void Open_PackedArray_EqualsTheArray(string fixture)
    {
        string plain = Fixture.PathOf(fixture);
        IVectorSource expected = VectorFile.Open(plain);
        using IDisposable? file = expected as IDisposable;
        IVectorSource packed = VectorFile.Open(_folder.Write("x.npy.gz", ForeignFiles.Gzip(File.ReadAllBytes(plain))));
        Assert.Equal(expected.Dimension, packed.Dimension);
        Assert.Equal(expected.ReadAll(), packed.ReadAll());
    }

    [Fact]
    public void Open_PackedArrayCutOffOrTooLong_IsRefused()
    {
        byte[] array = File.ReadAllBytes(Fixture.PathOf("f8.npy"));
        Refusal.ExpectVectors(_folder.Write("a.npy.gz", ForeignFiles.Gzip(array[..^1])), "cut off", "after 2 of 3 rows");
        Refusal.ExpectVectors(_folder.Write("b.npy.gz", ForeignFiles.Gzip([.. array, 0])), "longer than its header");
    }

    [Fact]
    public void Open_CutOffAnywhere_IsRefused()
    {
        byte[] packed = ForeignFiles.Gzip(Text);
        for (int length = packed.Length - 1; length > packed.Length - 12; length--)
        {
            Refusal.ExpectVectors(_folder.Write("x.csv.gz", packed[..length]), "damaged or cut off");
        }

        for (int length = 18; length < packed.Length; length += packed.Length / 23)
        {
            Refusal.ExpectVectors(_folder.Write("x.csv.gz", packed[..length]), "damaged or cut off");
        }
    }

    [Fact]
    public void Open_SecondMemberCutOff_IsRefused()
    {
        byte[] first = ForeignFiles.Gzip("1,2\n"u8.ToArray());
        byte[] second = ForeignFiles.Gzip("3,4\n"u8.ToArray());
        for (int length = 1; length < second.Length; length++)
        {
            Refusal.ExpectVectors(_folder.Write("x.csv.gz", [.. first, .. second[..length]]), "damaged or cut off");
        }
    }

    [Fact]
    public void Open_OneByteChanged_GivesTheSameRowsOrIsRefused()
    {
        byte[] packed = ForeignFiles.Gzip("1,2\n3,4\n5,6\n7,8.25\n"u8.ToArray());
        double[] expected = [1, 2, 3, 4, 5, 6, 7, 8.25];
        for (int i = 3; i < packed.Length; i++)
        {
            byte[] changed = [.. packed];
            changed[i] ^= 0x41;
            string path = _folder.Write("x.csv.gz", changed);
            try
            {
                Assert.Equal(expected, VectorFile.Open(path).ReadAll());
            }
            catch (VectorDataException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(VectorFileFormat.Raw, 2)]
    [InlineData(null, 0)]
    public void Open_PackedNumbers_AreReadWhenSaid(VectorFileFormat? format, int rows)
    {
        byte[] packed = ForeignFiles.Gzip(new byte[32]);
        VectorFileOptions options = new() { Dimension = 2, Format = format };
        if (rows == 0)
        {
            Refusal.Expect<VectorDataException>(() => VectorFile.Open(_folder.Write("x.gz", packed), options), "gzip", "--format raw");
        }
        else
        {
            Assert.Equal(rows, VectorFile.Open(_folder.Write("x.gz", packed), options).RowCount);
        }

        Assert.Equal(2, VectorFile.Open(_folder.Write("x.f64.gz", packed), options).RowCount);
    }

    [Fact]
    public void Open_PackedTwice_IsRefused() =>
        Refusal.ExpectVectors(_folder.Write("x.csv.gz", ForeignFiles.Gzip(ForeignFiles.Gzip(Text))), "twice", "decompress");

    [Fact]
    public void Open_LongestLineOfABomb_TakesBoundedMemory()
    {
        byte[] packed = ForeignFiles.Gzip([.. Enumerable.Repeat((byte)'1', 100_000_000)]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.ExpectVectors(_folder.Write("x.csv.gz", packed), "line 1", "longer than 32 MB");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void Open_TooManyColumns_AreRefused()
    {
        byte[] packed = ForeignFiles.Gzip([.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i % 2 == 0 ? '1' : ','))]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.ExpectVectors(_folder.Write("x.csv.gz", packed), "line 1", "1500001 fields", "1048576");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Theory]
    [InlineData(false, 5, 3)]
    [InlineData(true, 5, 3)]
    [InlineData(false, 300_000, 2)]
    [InlineData(true, 300_000, 2)]
    [InlineData(true, 2, 300_000)]
    [InlineData(false, 2, 300_000)]
    public void Open_PackedArrayOfAnyShape_GivesTheRows(bool fortran, int rows, int columns)
    {
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(i => i + 0.5)];
        double[] stored = fortran ? [.. Enumerable.Range(0, columns).SelectMany(c =>
            Enumerable.Range(0, rows).Select(r => values[(r * columns) + c]))] : values;
        using MemoryStream array = new();
        new NpyHeader(NpyElementType.Float64, fortran, [rows, columns]).Write(array);
        array.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(stored.AsSpan()));
        Assert.Equal(values, VectorFile.Open(_folder.Write("x.gz", ForeignFiles.Gzip(array.ToArray()))).ReadAll());
    }

    [Fact]
    public void Open_ArrayThatClaimsMuch_TakesWhatIsThere()
    {
        byte[] header = File.ReadAllBytes(Fixture.PathOf("f8.npy"));
        string text =
            System.Text.Encoding.Latin1.GetString(header).Replace("(3, 2), }    ", "(1000000000, 2), }", StringComparison.Ordinal);
        byte[] claims = System.Text.Encoding.Latin1.GetBytes(text);
        claims = [.. claims.Take(127), (byte)'\n', .. new byte[64]];
        Refusal.ExpectVectors(_folder.Write("x.npy.gz", ForeignFiles.Gzip(claims)), "cut off", "after 4 of 1000000000 rows");
    }
}
