using System.IO.Compression;
using GmmNative.Files.Numbers;
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

    [Theory]
    [InlineData(0, false, "variance 0 is 0")]
    [InlineData(1, false, "not positive definite")]
    [InlineData(0, true, "variance 0 is 0")]
    public void Load_PackedMatricesThatAreNoCovariances_AreRefusedInLittleMemory(byte value, bool fortranOrder, string problem)
    {
        // 2 x 9 MB of one value, 18 KB packed; as doubles they would be 144 MB.
        const int dimension = 3000;
        byte[] values = new byte[2 * dimension * dimension];
        values.AsSpan().Fill(value);
        string path = Write(zip => zip
            .Add("weights", [2], [0.5, 0.5])
            .Add("means", Byte, [2, dimension], new byte[2 * dimension], CompressionLevel.Optimal)
            .Add("covariances", Byte, [2, dimension, dimension], values, CompressionLevel.Optimal, fortranOrder));
        Assert.InRange(Allocated(() => Refusal.ExpectModel(path, "component 0", problem)), 0, 5_000_000);
    }

    [Theory]
    [InlineData(0.5, "sum to 1.5")]
    [InlineData(-1, "Weight 3 is -1")]
    public void Load_PackedWeightsThatAreNone_AreRefusedInLittleMemory(double weight, string problem)
    {
        const int count = 3_000_000;
        double[] weights = new double[count];
        weights[2] = 1;
        weights[3] = weight;
        string path = Write(zip => zip
            .Add("weights", [count], weights, CompressionLevel.Optimal)
            .Add("means", Byte, [count, 1], new byte[count], CompressionLevel.Optimal)
            .Add("covariances", Byte, [count, 1], Ones(count), CompressionLevel.Optimal));
        Assert.InRange(Allocated(() => Refusal.ExpectModel(path, problem)), 0, 5_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_PackedModel_IsReadAsAnyOther(bool fortranOrder)
    {
        // Two covariances c I with different c, in either order.
        const int dimension = 2000;
        byte[] values = new byte[2 * dimension * dimension];
        for (int i = 0; i < dimension; i++)
        {
            int entry = i * (dimension + 1);
            values[fortranOrder ? 2 * entry : entry] = 2;
            values[fortranOrder ? (2 * entry) + 1 : (dimension * dimension) + entry] = 3;
        }

        string path = Write(zip => zip
            .Add("weights", [2], [0.5, 0.5])
            .Add("means", Byte, [2, dimension], new byte[2 * dimension], CompressionLevel.Optimal)
            .Add("covariances", Byte, [2, dimension, dimension], values, CompressionLevel.Optimal, fortranOrder));
        GaussianMixture model = ModelFile.Load(path);
        Assert.Equal(2, model.CovarianceAt(0, dimension - 1, dimension - 1));
        Assert.Equal(3, model.CovarianceAt(1, 7, 7));
        Assert.Equal(0, model.CovarianceAt(1, 7, 8));
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
