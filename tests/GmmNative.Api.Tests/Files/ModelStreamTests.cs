using System.Text;
using GmmNative.Api.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Api.Tests.Files;

/// <summary>Models in streams and bytes: the same bytes as files, and the same errors.</summary>
public sealed class ModelStreamTests
{
    private static readonly GaussianMixture Model = Samples.Model;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ModelFileFormat> Formats => [ModelFileFormat.Npz, ModelFileFormat.Json, ModelFileFormat.Sptk];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Save_StreamBytesAndFile_AreTheSameToTheByte(ModelFileFormat format)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(format switch
        {
            ModelFileFormat.Npz => "m.npz",
            ModelFileFormat.Json => "m.json",
            _ => "m.gmm",
        });
        ModelFile.Save(Model, path);
        byte[] expected = await File.ReadAllBytesAsync(path, Token);
        Assert.Equal(expected, ModelFile.Save(Model, format));

        using MemoryStream bytes = new();
        using OneWayStream stream = new(bytes);
        ModelFile.Save(Model, stream, format);
        await ModelFile.SaveAsync(Model, stream, format, Token);
        Assert.Equal([.. expected, .. expected], bytes.ToArray());
        Assert.False(stream.IsDisposed);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Load_StreamOrBytes_IsTheModel(ModelFileFormat format)
    {
        byte[] bytes = ModelFile.Save(Model, format);
        (int? d, int? k) = format == ModelFileFormat.Sptk ? (Model.Dimension, Model.ComponentCount) : ((int?)null, (int?)null);
        foreach (ModelFileFormat? given in (ModelFileFormat?[])[format, null])
        {
            AssertSame(ModelFile.Load(bytes, given, d, k, cancellationToken: Token));
            using MemoryStream whole = new(bytes);
            AssertSame(ModelFile.Load(whole, given, d, k, cancellationToken: Token));
            using MemoryStream behind = new([1, 2, 3, .. bytes]);
            behind.Position = 3;
            AssertSame(ModelFile.Load(behind, given, d, k, cancellationToken: Token));
            using OneWayStream oneWay = new(new MemoryStream(bytes));
            AssertSame(ModelFile.Load(oneWay, given, d, k, cancellationToken: Token));
            Assert.False(oneWay.IsDisposed);
            using OneWayStream later = new(new MemoryStream(bytes));
            AssertSame(await ModelFile.LoadAsync(later, given, d, k, cancellationToken: Token));
            AssertSame(ModelFile.Load(new ReadOnlyMemory<byte>([9, .. bytes, 9])[1..^1], given, d, k, cancellationToken: Token));
        }
    }

    [Fact]
    public void Load_JsonWithBlanksAndMark_IsFound()
    {
        byte[] json = ModelFile.Save(Model, ModelFileFormat.Json);
        AssertSame(ModelFile.Load((byte[])[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\n', .. json]));
    }

    [Fact]
    public void Load_Asked_IsCompared()
    {
        byte[] bytes = ModelFile.Save(Model, ModelFileFormat.Npz);
        ModelFileException e = Assert.Throws<ModelFileException>(() => ModelFile.Load(bytes, componentCount: 5));
        Assert.Equal("model: the model has 2 components, but 5 were requested.", e.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFile.Load(bytes, dimension: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFile.Load(bytes, (ModelFileFormat)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFile.Save(Model, (ModelFileFormat)7));
    }

    [Fact]
    public void Load_NothingOrUnknown_SaysSo()
    {
        ModelFileException nothing = Assert.Throws<ModelFileException>(() => ModelFile.Load(Array.Empty<byte>()));
        Assert.Equal("model: it is empty.", nothing.Message);
        ModelFileException unknown = Assert.Throws<ModelFileException>(() => ModelFile.Load(Encoding.UTF8.GetBytes("weights")));
        Assert.Contains("neither those of .npz nor of .json", unknown.Message, StringComparison.Ordinal);
        using MemoryStream closed = new();
        closed.Dispose();
        Assert.Throws<ArgumentException>(() => ModelFile.Load(closed));
    }

    [Fact]
    public void Load_Cancelled_Throws()
    {
        using OneWayStream stream = new(new MemoryStream(ModelFile.Save(Model, ModelFileFormat.Json)));
        Assert.ThrowsAny<OperationCanceledException>(() => ModelFile.Load(stream, cancellationToken: new CancellationToken(true)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Load_DamagedBytes_GiveAModelOrAGmmException(ModelFileFormat format)
    {
        byte[] good = ModelFile.Save(Model, format);
        (int? d, int? k) = format == ModelFileFormat.Sptk ? (Model.Dimension, Model.ComponentCount) : ((int?)null, (int?)null);
        Random random = new(11);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] bad = [.. good];
            for (int j = random.Next(1, 4); j > 0; j--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            bad = random.Next(4) == 0 ? bad[..random.Next(bad.Length)] : bad;
            ModelFileFormat? given = random.Next(2) == 0 ? format : null;
            try
            {
                using OneWayStream stream = new(new MemoryStream(bad));
                GaussianMixture model = i % 2 == 0 ? ModelFile.Load(bad, given, d, k) : ModelFile.Load(stream, given, d, k);
                Assert.True(model.Dimension > 0);
            }
            catch (GmmException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.True(refused > 100, $"only {refused} were refused");
    }

    private static void AssertSame(GaussianMixture model)
    {
        Assert.Equal(Model.Weights.ToArray(), model.Weights.ToArray());
        Assert.Equal(Model.Means.ToArray(), model.Means.ToArray());
        Assert.Equal(Model.Covariances.ToArray(), model.Covariances.ToArray());
    }
}
