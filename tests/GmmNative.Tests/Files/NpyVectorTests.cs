using System.Buffers.Binary;
using System.Text;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class NpyVectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("f8.npy")]
    [InlineData("f8_fortran.npy")]
    [InlineData("f4_fortran.npy")]
    [InlineData("f2.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    public void Open_FloatsOfNumPy_GivesTheRows(string name)
    {
        IVectorSource source = VectorFile.Open(Fixture.PathOf(name));
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal(2, source.Dimension);
        Assert.Equal(3, source.RowCount);
        Assert.Equal(Fixture.Matrix, source.ReadAll(2));
    }

    [Theory]
    [InlineData("big_f8.npy")]
    [InlineData("big_f4.npy")]
    [InlineData("big_i2.npy")]
    [InlineData("big_u8.npy")]
    [InlineData("little_i8.npy")]
    [InlineData("little_i4.npy")]
    [InlineData("little_u2.npy")]
    [InlineData("little_u4.npy")]
    [InlineData("byte_i1.npy")]
    [InlineData("byte_u1.npy")]
    public void Open_OtherNumbersOfNumPy_GivesTheRowsAsDouble(string name)
    {
        IVectorSource source = VectorFile.Open(Fixture.PathOf(name));
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal(Fixture.Matrix.Select(Math.Floor), source.ReadAll());
    }

    [Fact]
    public void Open_TruthValues_GivesZeroAndOne()
    {
        IVectorSource source = VectorFile.Open(Fixture.PathOf("bool.npy"));
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal([1, 0, 0, 1, 1, 1], source.ReadAll());
    }

    [Theory]
    [InlineData("f8.npy")]
    [InlineData("f8_fortran.npy")]
    public void Read_AnyRowsFromSeveralThreads_GivesThoseRows(string name)
    {
        IRandomAccessVectorSource source = Assert.IsAssignableFrom<IRandomAccessVectorSource>(VectorFile.Open(Fixture.PathOf(name)));
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Parallel.For(0, 2000, i =>
        {
            int first = i % 3;
            double[] rows = new double[2 * ((i % (3 - first)) + 1)];
            source.Read(first, rows);
            Assert.Equal(Fixture.Matrix.AsSpan(2 * first, rows.Length).ToArray(), rows);
        });
    }

    [Fact]
    public void Read_RowsBeyondTheEnd_Throws()
    {
        IRandomAccessVectorSource source = Assert.IsAssignableFrom<IRandomAccessVectorSource>(VectorFile.Open(Fixture.PathOf("f8.npy")));
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(2, new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(-1, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(long.MaxValue, new double[2]));
    }

    [Fact]
    public void Read_AfterDispose_Throws()
    {
        IRandomAccessVectorSource source = Assert.IsAssignableFrom<IRandomAccessVectorSource>(VectorFile.Open(Fixture.PathOf("f8.npy")));
        Assert.IsAssignableFrom<IDisposable>(source).Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.Read(0, new double[2]));
    }

    [Fact]
    public void DescribeRow_OfAnArray_CountsFromOne()
    {
        string path = Fixture.PathOf("f8.npy");
        IVectorSource source = VectorFile.Open(path);
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal($"{path}, row 17", source.DescribeRow(16));
    }

    [Theory]
    [InlineData("object.npy", "Python objects")]
    [InlineData("text.npy", "contains text", "<U1")]
    [InlineData("complex.npy", "'<c16'", "astype")]
    [InlineData("structured.npy", "structured dtype")]
    [InlineData("one_dimension.npy", "1 dimension,", "(3,)", "2 are needed")]
    [InlineData("three_dimensions.npy", "3 dimensions", "(3, 2, 1)")]
    [InlineData("no_rows.npy", "no rows", "(0, 2)")]
    [InlineData("no_columns.npy", "no columns", "(3, 0)")]
    public void Open_WrongArrayOfNumPy_SaysWhatIsWrong(string name, params string[] fragments) =>
        Refusal.ExpectVectors(Fixture.PathOf(name), fragments);

    [Fact]
    public void Open_CutOff_TellsExpectedAndFoundBytes()
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("f8.npy"));
        Refusal.ExpectVectors(_folder.Write("x.npy", whole[..^1]), "cut off", "48 bytes", "47 were found");
        Refusal.ExpectVectors(_folder.Write("x.npy", whole[..128]), "cut off", "48 bytes", "0 were found");
        Refusal.ExpectVectors(_folder.Write("x.npy", whole[..100]), "header is cut off");
        Refusal.ExpectVectors(_folder.Write("x.npy", whole[..9]), "header is cut off");
        Refusal.ExpectVectors(_folder.Write("x.npy", whole[..5]), "too short");
    }

    [Fact]
    public void Open_TrailingBytes_TellsExpectedAndFoundBytes() =>
        Refusal.ExpectVectors(
            _folder.Write("x.npy", [.. File.ReadAllBytes(Fixture.PathOf("f8.npy")), 0]),
            "longer than its header", "48 bytes", "49 were found");

    [Fact]
    public void Open_WrongMagic_IsRefused()
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("f8.npy"));
        whole[0] = (byte)'N';
        Refusal.ExpectVectors(_folder.Write("x.npy", whole), "not a .npy file");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Open_UnknownVersion_IsRefused(byte major)
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("f8.npy"));
        whole[6] = major;
        Refusal.ExpectVectors(_folder.Write("x.npy", whole), $"version {major}.0", "not supported");
    }

    [Theory]
    [InlineData("(4611686018427387904, 4)", "more than any file can hold")]
    [InlineData("(9223372036854775808, 1)", "malformed")]
    [InlineData("(1099511627776, 2)", "cut off")]
    [InlineData("(1, 1099511627776)", "dimension 1099511627776")]
    [InlineData("(-3, 2)", "malformed")]
    [InlineData("(3, 2", "malformed")]
    [InlineData("3", "malformed")]
    public void Open_HeaderThatLies_IsRefusedBeforeAnythingIsAllocated(string shape, string problem)
    {
        string path = _folder.Write(
            "x.npy", [.. Header($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n"), .. new byte[48]]);
        Refusal.ExpectVectors(path, problem);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, }")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': Maybe, 'shape': (3, 2)}")]
    [InlineData("{'descr': '<f8', fortran_order: False, 'shape': (3, 2)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)} and more")]
    [InlineData("{'descr': '<f8' 'fortran_order': False, 'shape': (3, 2)}")]
    [InlineData("{'descr' '<f8', 'fortran_order': False, 'shape': (3, 2)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3 2)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': 3, 2)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)")]
    [InlineData("'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)}")]
    [InlineData("[]")]
    [InlineData("")]
    public void Open_MalformedHeader_IsRefused(string text) =>
        Refusal.ExpectVectors(_folder.Write("x.npy", [.. Header(text), .. new byte[48]]), "header is malformed");

    [Theory]
    [InlineData(64, "has 64 dimensions", "(1, 1, 1, 1, 1, 1, 1, 1, ...)")]
    [InlineData(65, "header is malformed")]
    public void Open_HeaderOfManyDimensions_IsRefused(int dimensions, params string[] fragments)
    {
        string shape = string.Concat(Enumerable.Repeat("1, ", dimensions));
        string text = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({shape})}}";
        Refusal.ExpectVectors(_folder.Write("x.npy", [.. Header(text), .. new byte[8]]), fragments);
    }

    [Theory]
    [InlineData("(0, 4611686018427387904, 4)", "3 dimensions, shape (0, 4611686018427387904, 4)")]
    [InlineData("(0, 9223372036854775807)", "no rows", "(0, 9223372036854775807)")]
    [InlineData("(4611686018427387904, 0)", "no columns", "(4611686018427387904, 0)")]
    public void Open_EmptyArrayOfHugeShape_HasTheRightReason(string shape, params string[] fragments) =>
        Refusal.ExpectVectors(_folder.Write("x.npy", Header($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}")), fragments);

    [Theory]
    [InlineData("<f8\0", "'<f8 '")]
    [InlineData("<f\08", "'<f 8'")]
    [InlineData("<f+8", "'<f+8'")]
    [InlineData("<f 8", "'<f 8'")]
    public void Open_ADtypeOfMoreThanDigits_IsRefused(string descr, string quoted)
    {
        string text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': (3, 2)}}";
        Refusal.ExpectVectors(_folder.Write("x.npy", [.. Header(text), .. new byte[48]]), $"elements of type {quoted} are not supported");
    }

    [Fact]
    public void Open_TruthValuesOtherThanOne_CountAsOne()
    {
        byte[] start = Header("{'descr': '|b1', 'fortran_order': True, 'shape': (3, 2)}");
        IVectorSource source = VectorFile.Open(_folder.Write("x.npy", [.. start, 255, 0, 37, 2, 1, 0]));
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal([1, 1, 0, 1, 1, 0], source.ReadAll());
    }

    [Theory]
    [InlineData("{\"shape\":(3L,2L),\"fortran_order\":False,\"descr\":\"=f8\"}")]
    [InlineData("{ 'descr' : 'f8' , 'fortran_order' : False , 'shape' : ( 3 , 2 , ) , }   \n")]
    public void Open_HeaderWrittenOtherwise_IsRead(string text)
    {
        byte[] data = File.ReadAllBytes(Fixture.PathOf("f8.npy"))[128..];
        IVectorSource source = VectorFile.Open(_folder.Write("x.npy", [.. Header(text), .. data]));
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal(Fixture.Matrix, source.ReadAll());
    }

    [Fact]
    public void Open_HeaderLengthThatLies_IsRefusedBeforeAnythingIsAllocated()
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("version2.npy"));
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(8), uint.MaxValue);
        Refusal.ExpectVectors(_folder.Write("x.npy", whole), "header claims 4294967295 bytes");
    }

    private static byte[] Header(string text)
    {
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(8), (ushort)text.Length);
        return [.. start, .. Encoding.ASCII.GetBytes(text)];
    }
}
