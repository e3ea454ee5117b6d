using CsCheck;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Whatever happens to a file's bytes, reading it succeeds or is refused in one line, soon and in little memory.</summary>
[Trait("Lane", "Slow")]
public sealed class DamagedFileTests : IDisposable
{
    // The line reader's first buffer is the largest allocation of a good small file.
    private const long MostBytes = 16 << 20;
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("npy")]
    [InlineData("csv")]
    [InlineData("tsv")]
    public void OpenVectors_DamagedFile_SucceedsOrIsRefused(string extension)
    {
        string path = _folder.PathOf($"x.{extension}");
        ArrayFile.Write(path, new double[,] { { 1.25, -2e10 }, { 3, 4e-7 }, { 5.5, 6 } });
        Sample(path, 500, () =>
        {
            IVectorSource source = VectorFile.Open(path);
            using IDisposable? file = source as IDisposable;
            Assert.InRange(source.ReadAll().Length, 1, 1000);
            Assert.Contains(path, source.DescribeRow(0), StringComparison.Ordinal);
        }, e => e is VectorDataException);
    }

    [Theory]
    [InlineData("npz")]
    [InlineData("json")]
    [InlineData("gmm")]
    public void LoadModel_DamagedFile_SucceedsOrIsRefused(string extension)
    {
        string path = _folder.PathOf($"m.{extension}");
        ModelFile.Save(MixtureGen.Small(CovarianceKind.Full, 2, 1), path);
        bool raw = extension == "gmm";
        Sample(path, 1000, () => Assert.Equal(3, ModelFile.Load(path, raw ? 3 : null, raw ? 3 : null).Dimension), e =>
            e is ModelFileException);
    }

    [Fact]
    public void LoadModel_DamagedCompressedFile_SucceedsOrIsRefused()
    {
        string path = _folder.Write("m.npz", File.ReadAllBytes(Fixture.PathOf("full_compressed.npz")));
        Sample(path, 1000, () => Assert.Equal(3, ModelFile.Load(path).Dimension), e => e is ModelFileException);
    }

    private static void Sample(string path, int count, Action read, Func<Exception, bool> isRefusal)
    {
        byte[] good = File.ReadAllBytes(path);
        Gen<byte[]> damaged = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte)
            .Array[0, 4]
            .Select(Gen.Int[0, 3 * good.Length])
            .Select((changes, length) =>
            {
                byte[] bytes = [.. good];
                foreach ((int place, byte value) in changes)
                {
                    bytes[place] = value;
                }

                // Two thirds keep their length, so that the changes are seen and not only the missing end.
                return bytes[..Math.Min(length, bytes.Length)];
            });
        damaged.Sample(bytes =>
        {
            File.WriteAllBytes(path, bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Environment.TickCount64;
            try
            {
                read();
            }
            catch (Exception e) when (isRefusal(e))
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(e.Message, char.IsControl);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.InRange(Environment.TickCount64 - start, 0, (long)LongestRead.TotalMilliseconds);
        }, iter: count, threads: 1);
    }
}
