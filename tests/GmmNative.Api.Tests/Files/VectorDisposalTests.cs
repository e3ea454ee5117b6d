using GmmNative.Api.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Api.Tests.Files;

/// <summary>A file source closes its file immediately when it is disposed. Later calls throw.</summary>
public sealed class VectorDisposalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x.npy", null)]
    [InlineData("x.f64", 3)]
    [InlineData("x.csv", null)]
    public void Dispose_File_IsClosedAndReadsThrow(string name, int? dimension)
    {
        IVectorSource rows = Open(name, dimension);
        using (rows)
        {
            Assert.Equal(Samples.Jagged.Length, rows.ReadAll().Length / Samples.Dimension);
        }

        AssertDisposed(rows);
        rows.Dispose();
        AssertNotOpen(_folder.PathOf(name));
    }

    [Fact]
    public void Dispose_SelectedColumns_DisposesTheFile()
    {
        IVectorSource file = Open("x.npy", null);
        IVectorSource selected = VectorSource.SelectColumns(file, [2, 0]);
        selected.Dispose();
        AssertDisposed(selected);
        AssertDisposed(file);
        AssertNotOpen(_folder.PathOf("x.npy"));
    }

    [Fact]
    public void Dispose_Composite_DisposesAllParts()
    {
        IVectorSource first = Open("x.npy", null);
        IVectorSource second = Open("y.npy", null);
        IVectorSource memory = VectorSource.From(Samples.Jagged);
        IVectorSource all = VectorSource.Concatenate([memory, first, second]);
        all.Dispose();
        Assert.Throws<ObjectDisposedException>(() => all.ReadAll());
        AssertDisposed(first);
        AssertDisposed(second);

        // A source in memory has nothing to release.
        Assert.Equal(Samples.Flat.Length, memory.ReadAll().Length);
    }

    [Fact]
    public void Dispose_CompositeOfStreamedParts_DisposesAllParts()
    {
        IVectorSource file = Open("x.npy", null);
        BatchVectorSource batches = new(Samples.Dimension, () => []);
        IVectorSource all = VectorSource.Concatenate([batches, file]);
        Assert.False(all is IRandomAccessVectorSource);
        all.Dispose();
        AssertDisposed(file);
    }

    [Fact]
    public void Fit_Source_IsNotDisposed()
    {
        using IVectorSource rows = Open("x.npy", null);
        GmmFitResult result = new GaussianMixtureTrainer(2).Fit(rows);
        Assert.Equal(Samples.Jagged.Length, result.Model.Labels(rows).Length);
    }

    private static void AssertDisposed(IVectorSource rows)
    {
        Assert.Throws<ObjectDisposedException>(() => rows.ReadAll());
        Assert.Throws<ObjectDisposedException>(() => ((IRandomAccessVectorSource)rows).Read(0, new double[rows.Dimension]));
        Assert.Throws<ObjectDisposedException>(() => new GaussianMixtureTrainer(1).Fit(rows));
    }

    private static void AssertNotOpen(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
            Assert.DoesNotContain(path, Directory.GetFiles("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget));
        }

        // Windows does not delete open files.
        File.Delete(path);
        Assert.False(File.Exists(path));
    }

    private IVectorSource Open(string name, int? dimension)
    {
        ArrayFile.Write(_folder.PathOf(name), Samples.Matrix);
        return VectorFile.Open(_folder.PathOf(name), new VectorFileOptions { Dimension = dimension });
    }
}
