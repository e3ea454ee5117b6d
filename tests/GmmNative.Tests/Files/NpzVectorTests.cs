using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Arrays of NumPy's archives as vectors.</summary>
public sealed class NpzVectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vectors.npz", new[] { 0.5, 1.5, 10.5, 11.5, 20.5, 21.5 })]
    [InlineData("several.npz:x", new[] { 0.5, 1.5, 10.5, 11.5, 20.5, 21.5 })]
    [InlineData("several.npz:f.npy", new[] { 0.5, 1.5, 10.5, 11.5, 20.5, 21.5 })]
    [InlineData("packed.npz:f", new[] { 0.5, 1.5, 10.5, 11.5, 20.5, 21.5 })]
    [InlineData("packed.npz:integers", new double[] { 0, 1, 10, 11, 20, 21 })]
    [InlineData("diagonal.npz:means", new[] { 0.0, -1.0, 2.0, 1e-3, 1e3, 0.1 })]
    public void Open_Member_GivesTheRows(string name, double[] expected)
    {
        using IVectorSource rows = VectorFile.Open(Fixture.PathOf(name));
        Assert.Equal(expected, rows.ReadAll());
        Assert.Equal(expected.Length, rows.RowCount * rows.Dimension);
    }

    [Theory]
    [InlineData("several.npz", "3 arrays, 'x', 'f', 'text'", "FILE.npz:NAME")]
    [InlineData("several.npz:y", "no array 'y'", "'x'")]
    [InlineData("several.npz:text", "text")]
    [InlineData("diagonal.npz:weights", "1 dimension")]
    [InlineData("diagonal.npz", "a model")]
    [InlineData("f8.npy:x", "only .npz files have members")]
    [InlineData("nothing.npz:x", "no such file")]
    public void Open_WrongMember_IsRefused(string name, params string[] parts) => Refusal.ExpectVectors(Fixture.PathOf(name), parts);

    [Fact]
    public void Open_DamagedMember_IsRefused()
    {
        byte[] bytes = File.ReadAllBytes(Fixture.PathOf("vectors.npz"));
        int place = bytes.AsSpan().IndexOf(BitConverter.GetBytes(20.5));
        bytes[place] ^= 1;
        Refusal.ExpectVectors(_folder.Write("x.npz", bytes), "checksum");
        Refusal.ExpectVectors(_folder.Write("y.npz", bytes[..^9]));
        Refusal.ExpectVectors(_folder.Write("x.npz.gz", ForeignFiles.Gzip(bytes)), "NumPy archive");
    }
}
