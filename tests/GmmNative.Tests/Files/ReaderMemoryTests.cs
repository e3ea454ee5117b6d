using System.IO.Compression;
using GmmNative.Files;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>A small file cannot ask for much memory, nor can what a model needs be taken unseen.</summary>
public sealed class ReaderMemoryTests : IDisposable
{
    private static readonly NpyElementType Byte = new('u', 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WideDiagonalModelInAFewBytes_TakesItsNumbersAndNoMore()
    {
        const int dimension = 1 << 20;
        string path = Write(zip => zip
            .Add<byte>("weights", Byte, [1], [1])
            .Add("means", Byte, [1, dimension], new byte[dimension], CompressionLevel.Optimal)
            .Add("covariances", Byte, [1, dimension], Ones(dimension), CompressionLevel.Optimal));
        Assert.InRange(new FileInfo(path).Length, 1, 10_000);
        Assert.InRange(Allocated(() => Assert.Equal(dimension, ModelFile.Load(path).Dimension)), 16 << 20, 20 << 20);
    }

    [Fact]
    public void Load_BlocksInAFewBytes_AreRefusedInLittleMemory()
    {
        const int dimension = 1 << 20;
        string path = Write(zip => zip
            .Add<byte>("weights", Byte, [1], [1])
            .Add("means", Byte, [1, dimension], new byte[dimension], CompressionLevel.Optimal)
            .Add("covariances", Byte, [1, dimension], Ones(dimension), CompressionLevel.Optimal)
            .Add("block_size", Byte, [dimension], Ones(dimension), CompressionLevel.Optimal)
            .AddText("covariance_type", "diag"));
        Assert.InRange(Allocated(() => Refusal.ExpectModel(path, "'covariances'", "(1048576 of them)")), 0, 50_000_000);
    }

    [Fact]
    public void Load_Cancelled_EndsBeforeTheCovariancesAreChecked()
    {
        string path = _folder.PathOf("m.npz");
        ModelFile.Save(MixtureGen.Small(CovarianceKind.Full, 3), path);
        Assert.Throws<OperationCanceledException>(() => ModelFile.Load(path, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static byte[] Ones(int count)
    {
        byte[] ones = new byte[count];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private string Write(Func<NpzBytes, NpzBytes> fill)
    {
        using NpzBytes zip = new();
        return _folder.Write("m.npz", fill(zip).ToArray());
    }
}
