using GmmNative.Interop;
using GmmNative.Tests.Files.Speech;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Scoring;

public sealed class UtteranceScoreTests
{
    public static TheoryData<BackendKind, Precision> Executions
    {
        get
        {
            TheoryData<BackendKind, Precision> data = [];
            foreach (BackendKind kind in TestBackends.Kinds)
            {
                data.Add(kind, Precision.Double);
                data.Add(kind, Precision.Single);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Executions))]
    public void ScoreUtterances_OfAnArchive_AreTheAveragesOfTheRows(BackendKind kind, Precision precision)
    {
        using IVectorSource rows = VectorFile.Open(SpeechFixture.PathOf("float.ark"));
        ExecutionOptions execution = new() { Backend = TestBackends.Get(kind), Precision = precision, Threads = 3 };
        GaussianMixture model = GaussianMixture.Fit(rows, 1);
        GaussianMixture background = new(new CovarianceStructure(CovarianceKind.Diagonal, 3), [1.0], [0.0, 1.0, 2.0], [9.0, 8.0, 7.0]);
        double[] densities = model.LogDensities(rows, execution);
        double[] others = background.LogDensities(rows, execution);
        IReadOnlyList<UtteranceScore> scores = model.ScoreUtterances(rows, null, execution);
        Assert.Equal(["spk1-utt1", "spk2-utt1"], scores.Select(score => score.Key));
        Assert.Equal([7L, 4L], scores.Select(score => score.RowCount));
        Assert.Equal(densities[..7].Average(), scores[0].Average, 1e-12);
        Assert.Equal(densities[7..].Average(), scores[1].Average, 1e-12);
        IReadOnlyList<UtteranceScore> ratios = model.ScoreUtterances(rows, background, execution);
        Assert.Equal(densities[7..].Average() - others[7..].Average(), ratios[1].Average, 1e-12);
        double[] weights = [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0];
        IReadOnlyList<UtteranceScore> weighted = model.ScoreUtterances(rows.WithRowWeights(weights), null, execution);
        Assert.Equal((densities[0] + (2 * densities[2])) / 3, weighted[0].Average, 1e-12);
        Assert.Equal(double.NaN, weighted[1].Average);
    }
}
