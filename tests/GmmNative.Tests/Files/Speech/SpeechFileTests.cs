using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files.Speech;

/// <summary>Archives and features in the layouts of Kaldi and HTK, written by a script that shares nothing with the readers.</summary>
public sealed class SpeechFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("float.ark", "both.npy")]
    [InlineData("double.ark", "both.npy")]
    [InlineData("text.ark", "both.npy")]
    [InlineData("feats.scp", "both.npy")]
    [InlineData("empty-utterance.ark", "both.npy")]
    [InlineData("matrix.mat", "both.npy")]
    [InlineData("cm1.ark", "cm1.npy")]
    [InlineData("cm2.ark", "cm2.npy")]
    [InlineData("cm3.ark", "cm3.npy")]
    [InlineData("float.htk", "both.npy")]
    [InlineData("little.htk", "both.npy")]
    [InlineData("mixed.htk", "both.npy")]
    [InlineData("checksum.htk", "both.npy")]
    [InlineData("files.lst", "both.npy")]
    [InlineData("compressed.htk", "compressed.npy")]
    [InlineData("compressed-checksum.htk", "compressed.npy")]
    [InlineData("compressed-uncounted.htk", "compressed.npy")]
    [InlineData("irefc.htk", "irefc.npy")]
    public void Open_KaldiOrHtk_GivesTheRows(string name, string expected)
    {
        double[] values = SpeechFixture.Expected(expected);
        using IVectorSource rows = VectorFile.Open(SpeechFixture.PathOf(name));

        // NumPy and the reader both compute in single precision. The text has six digits.
        double tolerance = name.StartsWith("text", StringComparison.Ordinal) ? 1e-5 : 0;
        double[] found = rows.ReadAll(2);
        Assert.Equal(values.Length, found.Length);
        Assert.All(values.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First))));

        IRandomAccessVectorSource direct = Assert.IsAssignableFrom<IRandomAccessVectorSource>(rows);
        double[] row = new double[rows.Dimension];
        for (long i = direct.Count - 1; i >= 0; i--)
        {
            direct.Read(i, row);
            Assert.Equal(found.AsSpan((int)i * row.Length, row.Length).ToArray(), row);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => direct.Read(direct.Count, row));
    }

    [Theory]
    [InlineData("cm1.npy", 0.06)]
    [InlineData("cm2.npy", 0.0003)]
    [InlineData("cm3.npy", 0.03)]
    [InlineData("compressed.npy", 0.0003)]
    public void Fixture_CompressedValues_AreNearTheOriginals(string packed, double tolerance) => Assert.All(
        SpeechFixture.Expected("both.npy").Zip(SpeechFixture.Expected(packed)),
        pair => Assert.Equal(pair.First, pair.Second, tolerance));

    [Theory]
    [InlineData("float.ark", "spk1-utt1 0 7, spk2-utt1 7 4")]
    [InlineData("text.ark", "spk1-utt1 0 7, spk2-utt1 7 4")]
    [InlineData("cm1.ark", "spk1-utt1 0 7, spk2-utt1 7 4")]
    [InlineData("empty-utterance.ark", "spk1-utt1 0 7, spk2-utt1 7 4")]
    [InlineData("reversed.scp", "spk2-utt1 0 4, spk1-utt1 4 7")]
    [InlineData("files.lst", "first 0 7, utt2 7 4")]
    [InlineData("mixed.scp", "one 0 7, spk2-utt1 7 4, three 11 11")]
    [InlineData("matrix.mat", "matrix 0 11")]
    [InlineData("float.htk", "float 0 11")]
    [InlineData("both.npy", "")]
    public void Utterances_OfAFile_HaveKeysAndRows(string name, string expected)
    {
        using IVectorSource rows = VectorFile.Open(SpeechFixture.PathOf(name));
        Assert.Equal(expected, Describe(rows));
    }

    [Fact]
    public void Utterances_OfSeveralFiles_AreConcatenated()
    {
        string[] paths = [.. new[] { "both.npy", "float.ark", "second.htk" }.Select(SpeechFixture.PathOf)];
        using IVectorSource rows = VectorFile.OpenAll(paths, new VectorFileOptions { Columns = ["1,3"] });
        Assert.Equal("both 0 11, spk1-utt1 11 7, spk2-utt1 18 4, second 22 4", Describe(rows));
        Assert.Equal(2, rows.Dimension);
        Assert.Equal(Describe(rows), Describe(rows.WithRowWeights(Enumerable.Repeat(2.0, 26).ToArray())));
    }

    [Theory]
    [InlineData("vectors.ark")]
    [InlineData("text-vectors.ark")]
    public void Open_Vectors_AreRows(string name)
    {
        using IVectorSource rows = VectorFile.Open(SpeechFixture.PathOf(name));
        double[] expected = SpeechFixture.Expected("both.npy")[..21];
        Assert.All(expected.Zip(rows.ReadAll()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(7, rows.Utterances.Count);
        Assert.Equal("v6", rows.Utterances[6].Key);
    }

    [Theory]
    [InlineData("float.ark", null)]
    [InlineData("text.ark", null)]
    [InlineData("cm1.ark", null)]
    [InlineData("compressed-checksum.htk", VectorFileFormat.Htk)]
    public void Open_PackedWithGzip_GivesTheSameRows(string name, VectorFileFormat? format)
    {
        string path = _folder.Write(name + ".gz", ForeignFiles.Gzip(File.ReadAllBytes(SpeechFixture.PathOf(name))));
        using IVectorSource plain = VectorFile.Open(SpeechFixture.PathOf(name));
        using IVectorSource packed = VectorFile.Open(path, new VectorFileOptions { Format = format });
        Assert.Equal(plain.ReadAll(), packed.ReadAll());
    }

    [Fact]
    public void DescribeRow_OfAnArchive_NamesUtteranceAndRow()
    {
        using IVectorSource rows = VectorFile.Open(SpeechFixture.PathOf("float.ark"));
        Assert.EndsWith("float.ark, utterance 'spk2-utt1', row 2", rows.DescribeRow(8), StringComparison.Ordinal);
        using IVectorSource text = VectorFile.Open(SpeechFixture.PathOf("text.ark"));
        Assert.EndsWith("text.ark, line 11", text.DescribeRow(8), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OfRowsWithNaN_NamesTheUtterance()
    {
        using IVectorSource rows = VectorFile.Open(SpeechFixture.PathOf("nan.ark"));
        VectorDataException e = Assert.Throws<VectorDataException>(() => GaussianMixture.Fit(rows, 1));
        Assert.Contains("nan.ark, utterance 'a', row 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LongList_KeepsFewFilesOpen()
    {
        byte[] content = File.ReadAllBytes(SpeechFixture.PathOf("second.htk"));
        string[] files = [.. Enumerable.Range(0, 300).Select(i => _folder.Write($"u{i}.htk", content))];
        using IVectorSource rows = VectorFile.Open(_folder.Write("all.scp", string.Join('\n', files)));
        double[] values = rows.ReadAll();
        Assert.Equal(300 * 4, rows.RowCount);
        Assert.Equal(SpeechFixture.Expected("both.npy")[21..], values[^12..]);
        Parallel.For(0, 8, start =>
        {
            double[] row = new double[3];
            for (int i = start; i < 1200; i += 37)
            {
                ((IRandomAccessVectorSource)rows).Read(i, row);
                Assert.Equal(values[(i * 3)..((i * 3) + 3)], row);
            }
        });
    }

    [Fact]
    public void Read_AfterDispose_Throws()
    {
        IVectorSource rows = VectorFile.Open(SpeechFixture.PathOf("float.ark"));
        rows.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ((IRandomAccessVectorSource)rows).Read(0, new double[3]));
    }

    private static string Describe(IVectorSource rows) =>
        string.Join(", ", rows.Utterances.Select(u => FormattableString.Invariant($"{u.Key} {u.FirstRow} {u.RowCount}")));
}
