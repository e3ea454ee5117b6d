using GmmNative.Estimation.Options;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>What the options allow, and how they say no.</summary>
public sealed class OptionTests
{
    private static readonly GaussianMixture TwoByTwo = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 2);

    public static TheoryData<string, GmmOptions> Wrong => new()
    {
        { "iterations", new GmmOptions { Stopping = new() { Iterations = 0 } } },
        { "tolerance", new GmmOptions { Stopping = new() { Tolerance = -1e-9 } } },
        { "tolerance", new GmmOptions { Stopping = new() { Tolerance = double.NaN } } },
        { "tolerance", new GmmOptions { Stopping = new() { Tolerance = double.PositiveInfinity } } },
        { "variance floor", new GmmOptions { Covariance = new() { VarianceFloor = -1 } } },
        { "variance floor", new GmmOptions { Covariance = new() { VarianceFloor = double.NaN } } },
        { "weight floor", new GmmOptions { Update = new() { WeightFloor = -1e-300 } } },
        { "weight floor", new GmmOptions { Update = new() { WeightFloor = 0.5000001 } } },
        { "weight floor", new GmmOptions { Update = new() { WeightFloor = double.NaN } } },
        { "Alpha", new GmmOptions { Prior = new() { Alpha = -0.1, Ubm = TwoByTwo } } },
        { "Alpha", new GmmOptions { Prior = new() { Alpha = 1.1, Ubm = TwoByTwo } } },
        { "Alpha", new GmmOptions { Prior = new() { Alpha = double.NaN, Ubm = TwoByTwo } } },
        { "background model", new GmmOptions { Prior = new() { Alpha = 0.5 } } },
        { "background model", new GmmOptions
        {
            Prior = new() { Ubm = RandomMixtures.Model(new Random(1), Structures.Make("full", 3), 2) },
        } },
        { "background model", new GmmOptions
        {
            Prior = new() { Ubm = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3) },
        } },
        { "relevance factor", new GmmOptions { Prior = new() { Relevance = -1, Ubm = TwoByTwo } } },
        { "relevance factor", new GmmOptions { Prior = new() { Relevance = double.NaN, Ubm = TwoByTwo } } },
        { "relevance factor", new GmmOptions { Prior = new() { Relevance = double.PositiveInfinity, Ubm = TwoByTwo } } },
        { "Prior.Ubm", new GmmOptions { Prior = new() { Relevance = 16 } } },
        { "only one", new GmmOptions { Prior = new() { Relevance = 16, Alpha = 0.5, Ubm = TwoByTwo } } },
        { "nothing to train", new GmmOptions { Prior = new() { Relevance = 16, Ubm = TwoByTwo, Adapted = MixtureParameters.None } } },
        { "nothing to train", new GmmOptions { Update = new() { Frozen = MixtureParameters.All } } },
        { "nothing to train", new GmmOptions
        {
            Prior = new() { Relevance = 16, Ubm = TwoByTwo },
            Update = new() { Frozen = MixtureParameters.Means },
        } },
        { "MixtureParameters", new GmmOptions { Update = new() { Frozen = (MixtureParameters)8 } } },
        { "MixtureParameters", new GmmOptions { Prior = new() { Adapted = (MixtureParameters)9 } } },
        { "concentration", new GmmOptions { Prior = new() { Variational = new() { Concentration = 0 } } } },
        { "concentration", new GmmOptions { Prior = new() { Variational = new() { Concentration = double.NaN } } } },
        { "mean precision", new GmmOptions { Prior = new() { Variational = new() { MeanPrecision = 0 } } } },
        { "degrees of freedom", new GmmOptions { Prior = new() { Variational = new() { DegreesOfFreedom = -1 } } } },
        { "WeightPrior", new GmmOptions { Prior = new() { Variational = new() { Weights = (WeightPrior)2 } } } },
        { "Variational", new GmmOptions { Prior = new() { Variational = new(), Ubm = TwoByTwo, Alpha = 0.5 } } },
        { "Variational", new GmmOptions { Prior = new() { Variational = new(), Ubm = TwoByTwo, Relevance = 1 } } },
        { "Variational", new GmmOptions
        {
            Prior = new() { Variational = new() },
            Update = new() { Frozen = MixtureParameters.Weights },
        } },
        { "Block sizes", new GmmOptions { Covariance = new() { BlockSizes = [1, 2] } } },
        { "Block sizes", new GmmOptions { Covariance = new() { BlockSizes = [2, 0] } } },
        { "Block sizes", new GmmOptions { Covariance = new() { BlockSizes = [3, -1] } } },
        { "kind", new GmmOptions { Covariance = new() { Kind = (CovarianceKind)7 } } },
        { "ToleranceTarget", new GmmOptions { Stopping = new() { ToleranceOn = (ToleranceTarget)7 } } },
        { "Verbosity", new GmmOptions { Verbose = (Verbosity)3 } },
        { "SingularCovarianceHandling", new GmmOptions { Covariance = new() { WhenSingular = (SingularCovarianceHandling)(-1) } } },
        { "threads", new GmmOptions { Execution = new ExecutionOptions { Threads = -1 } } },
        { "batch size", new GmmOptions { Execution = new ExecutionOptions { BatchSize = 0 } } },
        { "precision", new GmmOptions { Execution = new ExecutionOptions { Precision = (Precision)2 } } },
        { "path", new GmmOptions { Execution = new ExecutionOptions { Path = (NumericalPath)3 } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Constructor_OptionOutOfRange_ThrowsOneLineThatNamesIt(string name, GmmOptions options)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => new GaussianMixtureModeling(1, 2, options));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(1, 0)]
    [InlineData(1, -3)]
    public void Constructor_OrderOrCountOutOfRange_ThrowsOneLine(int order, int components)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new GaussianMixtureModeling(order, components));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Constructor_EdgesOfRanges_AreAllowed()
    {
        GmmOptions options = new()
        {
            Covariance = new() { VarianceFloor = 0, BlockSizes = [1, 1] },
            Stopping = new() { Iterations = 1, Tolerance = 0 },
            Prior = new() { Ubm = TwoByTwo, Alpha = 1 },
            Update = new() { WeightFloor = 0.5 },
        };
        Assert.Equal(2, new GaussianMixtureModeling(1, 2, options).MixtureCount);
        Assert.NotNull(new GaussianMixtureModeling(0, 1, new GmmOptions { Update = new() { WeightFloor = 1 } }));
        Assert.NotNull(new GaussianMixtureModeling(0, 200_000));
    }

    [Fact]
    public void Options_OfTheReferencesClass_AreTheReferences()
    {
        ResolvedOptions options = ResolvedOptions.ForReference(new GmmOptions(), 2, Structures.Make("diagonal", 2));
        Assert.Equal(100, options.Iterations);
        Assert.Equal(1e-5, options.Tolerance);
        Assert.Equal(ToleranceTarget.Total, options.ToleranceOn);
        Assert.Equal(StoppingTest.SignedRise, options.Stopping);
        Assert.Equal(InitializationMethod.LindeBuzoGray, options.Start);
        Assert.Equal(DistanceUnit.Raw, options.StartDistances);
        Assert.Equal(1e-5, options.WeightFloor);
        Assert.Equal(1e-6, options.VarianceFloor);
        Assert.Equal(VarianceFloorTarget.Diagonal, options.VarianceFloorOn);
        Assert.Equal(0, options.Regularization);
        Assert.Null(options.Ubm);
        Assert.Equal(0, options.Alpha);
    }

    [Fact]
    public void Options_OfTheTrainer_AreTheRecommendedOnes()
    {
        ResolvedOptions options = ResolvedOptions.ForTrainer(new GmmOptions(), 2, Structures.Make("diagonal", 2));
        Assert.Equal(300, options.Iterations);
        Assert.Equal(1e-5, options.Tolerance);
        Assert.Equal(ToleranceTarget.Average, options.ToleranceOn);
        Assert.Equal(StoppingTest.Rise, options.Stopping);
        Assert.Equal(InitializationMethod.Auto, options.Start);
        Assert.Equal(DistanceUnit.Deviations, options.StartDistances);
        Assert.Equal(VarianceFloorTarget.Eigenvalues, options.VarianceFloorOn);
        Assert.Equal(options, ResolvedOptions.ForTrainer(GmmOptions.Recommended, 2, Structures.Make("diagonal", 2)));
    }

    [Fact]
    public void Options_ByDefault_AreThoseOfBothClasses()
    {
        GmmOptions options = new();
        Assert.Null(options.Update.WeightFloor);
        Assert.Equal(1e-6, options.Covariance.VarianceFloor);
        Assert.Equal(CovarianceKind.Diagonal, options.Covariance.Kind);
        Assert.Null(options.Covariance.BlockSizes);
        Assert.Equal(Verbosity.Silent, options.Verbose);
        Assert.Null(options.Execution.BatchSize);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void SetParameters_OfAnotherShape_ThrowsOneLine(int dimension, int components)
    {
        GaussianMixture other = RandomMixtures.Model(new Random(1), Structures.Make("diagonal", dimension), components);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => new GaussianMixtureModeling(1, 2).SetParameters(other));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void SetParameters_InAnotherStructure_KeepsWhatTheOptionsKeep()
    {
        GaussianMixtureModeling estimator = new(1, 2);
        estimator.SetParameters(TwoByTwo);
        Assert.True(estimator.Parameters!.Structure.IsDiagonalStorage);
        Assert.Equal(TwoByTwo.CovarianceAt(1, 1, 1), estimator.Parameters.CovarianceAt(1, 1, 1));
    }

    public static TheoryData<LindeBuzoGrayOptions> WrongSplitting =>
    [
        new LindeBuzoGrayOptions { Iterations = 0 },
        new LindeBuzoGrayOptions { Tolerance = -1 },
        new LindeBuzoGrayOptions { Tolerance = double.NaN },
        new LindeBuzoGrayOptions { PerturbationFactor = 0 },
        new LindeBuzoGrayOptions { PerturbationFactor = double.NaN },
        new LindeBuzoGrayOptions { PerturbationFactor = double.PositiveInfinity },
        new LindeBuzoGrayOptions { MinDataPerCluster = 0 },
    ];

    [Theory]
    [MemberData(nameof(WrongSplitting))]
    public void Warmup_OptionOutOfRange_ThrowsOneLine(LindeBuzoGrayOptions options)
    {
        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)new double[] { 1, 2 }, 2);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new GaussianMixtureModeling(1, 1).Warmup(rows, options));
        Assert.DoesNotContain('\n', error.Message);
    }
}
