using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files.Speech;

/// <summary>Damaged and unsupported archives and features are refused in one line.</summary>
public sealed class SpeechRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cut.ark", "utterance 'spk2-utt1'", "cut off", "take 48 bytes")]
    [InlineData("cm1-cut.ark", "utterance 'spk2-utt1'", "cut off")]
    [InlineData("no-key.ark", "no key", "damaged")]
    [InlineData("huge.ark", "utterance 'a'", "cut off", "2147483647 rows of 1000 columns")]
    [InlineData("negative.ark", "utterance 'a'", "-3 rows", "impossible")]
    [InlineData("bad-size-byte.ark", "utterance 'a'", "should be 4")]
    [InlineData("sparse.ark", "utterance 'a'", "sparse")]
    [InlineData("alignment.ark", "integers", "alignment")]
    [InlineData("only-empty.ark", "none of its utterances has rows")]
    [InlineData("two-dimensions.ark", "utterance 'b' has dimension 2", "utterance 'a' has dimension 3")]
    [InlineData("text-unclosed.ark", "cut off", "'a'", "] is missing")]
    [InlineData("text-word.ark", "line 3", "'x'", "not a number")]
    [InlineData("text-dimensions.ark", "line 3", "dimension 1", "dimension 2")]
    [InlineData("text-after.ark", "line 2", "'3' follows")]
    [InlineData("range.scp", "line 1", "'[0:2]'", "not supported")]
    [InlineData("pipe.scp", "line 1", "not run")]
    [InlineData("missing.scp", "line 1", "nowhere.ark", "no such file")]
    [InlineData("wrong-offset.scp", "line 1", "float.ark", "no binary matrix at byte 7")]
    [InlineData("far-offset.scp", "line 1", "float.ark", "beyond its end")]
    [InlineData("list-of-lists.scp", "line 1", "feats.scp", "a list of files")]
    [InlineData("checksum-wrong.htk", "checksum is wrong")]
    [InlineData("waveform.htk", "waveform", "HCopy")]
    [InlineData("discrete.htk", "discrete symbols")]
    [InlineData("zero-scale.htk", "scale of coordinate 1 is 0")]
    public void Open_DamagedOrUnsupported_IsRefused(string name, params string[] parts) =>
        Refusal.ExpectVectors(SpeechFixture.PathOf(name), parts);

    [Theory]
    [InlineData("cut.htk", "declares 11 samples of 12 bytes, 144 bytes in all, but it has 141")]
    [InlineData("huge.htk", "declares 2147483647 samples")]
    [InlineData("both.npy", "header")]
    public void Open_HtkRequested_ChecksItsSizes(string name, string problem) => Refusal.Expect<VectorDataException>(
        () => VectorFile.Open(SpeechFixture.PathOf(name), new VectorFileOptions { Format = VectorFileFormat.Htk }), name, problem);

    [Theory]
    [InlineData("x.ark", "not a Kaldi archive")]
    [InlineData("x.htk", "not that of HTK features")]
    [InlineData("x.scp", "not a list of files")]
    public void Open_OtherBytesUnderTheName_IsRefused(string name, string problem) =>
        Refusal.ExpectVectors(_folder.Write(name, [0, 1, 2, 3, 200, 250, 255, 0, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 1]), problem);

    [Fact]
    public void Open_EveryCutOfEveryFile_IsRefusedOrSmaller()
    {
        foreach (string name in (string[])["float.ark", "cm1.ark", "cm2.ark", "text.ark", "compressed-checksum.htk", "float.htk"])
        {
            byte[] content = File.ReadAllBytes(SpeechFixture.PathOf(name));
            for (int length = 1; length < content.Length; length++)
            {
                string path = _folder.Write(name, content[..length]);
                try
                {
                    using IVectorSource rows = VectorFile.Open(
                        path, new VectorFileOptions
                        {
                            Format = name.EndsWith(".htk", StringComparison.Ordinal) ? VectorFileFormat.Htk : null,
                        });
                    // Only the line end behind the last bracket may be missing.
                    Assert.True(rows.RowCount < 11 || (name == "text.ark" && length == content.Length - 1));
                }
                catch (VectorDataException e)
                {
                    Assert.Contains(path, e.Message, StringComparison.Ordinal);
                }
            }
        }
    }
}
