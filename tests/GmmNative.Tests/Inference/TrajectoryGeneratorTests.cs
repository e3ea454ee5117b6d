using GmmNative.Interop;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Inference;

/// <summary>Trajectories with windows against the definition in dense matrices of 31 digits.</summary>
public sealed class TrajectoryGeneratorTests
{
    private const double Gap = -1e10;

    private static readonly Dictionary<string, double[][]> Windows = new()
    {
        ["none"] = [],
        ["delta"] = [[-0.5, 0, 0.5]],
        ["two"] = [[-0.5, 0, 0.5], [1, -2, 1]],
        ["even"] = [[-1, 1], [0.25, -0.5, 0, 0.5]],
        ["single"] = [[2], [-0.5, 0, 0.5]],
        ["narrower"] = [[0.25, 0, -0.5, 0, 0.25], [-0.5, 0, 0.5]],
        ["narrowest"] = [[-0.2, -0.1, 0, 0.1, 0.2], [1, -2, 1], [0.7]],
        ["zeros"] = [[0, -0.5, 0, 0.5, 0], [0, 0, 0]],
    };

    public static TheoryData<string, string, int, string, BackendKind> Cases
    {
        get
        {
            TheoryData<string, string, int, string, BackendKind> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (string windows in Windows.Keys)
                {
                    foreach (int rows in (ReadOnlySpan<int>)[1, 2, 3, 4, 5, 12])
                    {
                        data.Add("full", windows, rows, "", backend);
                    }

                    data.Add("equalBlocks", windows, 11, "", backend);
                    data.Add("fullBlocks", windows, 11, "", backend);
                    data.Add("diagonal", windows, 11, "", backend);
                    data.Add("full", windows, 12, "5", backend);
                    data.Add("full", windows, 14, "0,1,6,7,13", backend);
                    data.Add("equalBlocks", windows, 12, "3,5,6,10", backend);
                    data.Add("full", windows, 4, "0,1,2", backend);
                    data.Add("full", windows, 3, "0,1,2", backend);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generate_AnyWindowsAndGaps_IsTheDefinition(string structure, string windows, int rows, string gaps, BackendKind backend)
    {
        (GaussianMixture model, int[] given, double[][] x) = Problem(structure, Windows[windows].Length + 1, 2, 2, 3, rows, gaps);
        double[,] expected = new NaiveTrajectory(model, given, Windows[windows], Gap).Convert(x);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend) };
        double[,] found = model.CreateTrajectoryGenerator(given, Windows[windows], null, Gap, execution).Generate(x);
        Assert.Equal(rows, found.GetLength(0));
        Assert.Equal(2, found.GetLength(1));
        AssertNear(expected, found, 1e-10);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(1, 3, 4)]
    [InlineData(5, 1, 6)]
    public void Generate_OtherSizes_IsTheDefinition(int source, int target, int components)
    {
        (GaussianMixture model, int[] given, double[][] x) = Problem("full", 3, source, target, components, 17, "8");
        double[,] expected = new NaiveTrajectory(model, given, Windows["two"], Gap).Convert(x);
        AssertNear(expected, model.CreateTrajectoryGenerator(given, Windows["two"], null, Gap).Generate(x), 1e-10);
    }

    [Fact]
    public void Generate_ColumnsInAnotherOrder_GivesTheSame()
    {
        (GaussianMixture model, int[] given, double[][] x) = Problem("full", 2, 2, 2, 3, 20, "");
        double[,] expected = model.CreateTrajectoryGenerator(given, Windows["delta"]).Generate(x);
        GaussianMixture swapped = model.Marginal([4, 5, 6, 7, 0, 1, 2, 3]);
        AssertNear(
            expected, swapped.CreateTrajectoryGenerator([4, 5, 6, 7], Windows["delta"], [0, 1, 2, 3]).Generate(x), 1e-12);
    }

    [Fact]
    public void Generate_EachFormOfRowsAndAnyThreads_GivesTheSameBits()
    {
        (GaussianMixture model, int[] given, double[][] x) = Problem("full", 2, 1, 2, 3, 300, "4,5");
        double[][] rows = [.. x.Select(row => (double[])[.. row.Select(value => (double)(float)value)])];
        double[,] matrix = new double[300, 2];
        float[,] single = new float[300, 2];
        for (int t = 0; t < 300; t++)
        {
            (matrix[t, 0], matrix[t, 1]) = (rows[t][0], rows[t][1]);
            (single[t, 0], single[t, 1]) = ((float)rows[t][0], (float)rows[t][1]);
        }

        TrajectoryGenerator generator = model.CreateTrajectoryGenerator(given, Windows["delta"], null, Gap, new() { Threads = 1 });
        double[,] expected = generator.Generate(rows);
        Bits.AssertSame(expected, generator.Generate(matrix), "double[,]");
        Bits.AssertSame(expected, generator.Generate(single), "float[,]");
        float[][] singleRows = [.. rows.Select(row => Array.ConvertAll(row, v => (float)v))];
        Bits.AssertSame(expected, generator.Generate(singleRows), "float[][]");
        ExecutionOptions execution = new() { Threads = 3, BatchSize = 7 };
        Bits.AssertSame(
            expected, model.CreateTrajectoryGenerator(given, Windows["delta"], null, Gap, execution).Generate(rows), "threads");
    }

    [Fact]
    public void Generate_LongSequence_IsSmoothAndTakesMemoryOfTheBand()
    {
        // Dense equations of this length would take 20 GB.
        (GaussianMixture model, int[] given, double[][] x) = Problem("full", 2, 1, 1, 2, 50_000, "");
        double[,] found = model.CreateTrajectoryGenerator(given, Windows["delta"]).Generate(x);
        double[,] start = new NaiveTrajectory(model, given, Windows["delta"], null).Convert(x[..60]);
        for (int t = 0; t < 20; t++)
        {
            // The influence of rows fades with their distance.
            Assert.Equal(start[t, 0], found[t, 0], 1e-6);
        }
    }

    [Fact]
    public void Generator_WrongArguments_AreNamed()
    {
        (GaussianMixture model, int[] given, double[][] x) = Problem("full", 2, 1, 1, 2, 5, "");
        Assert.Throws<ArgumentNullException>(() => model.CreateTrajectoryGenerator(given, null!));
        Assert.Contains(
            "multiple of 3", Assert.Throws<ArgumentException>(() => model.CreateTrajectoryGenerator(given, Windows["two"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "at least one coefficient", Assert.Throws<ArgumentException>(() => model.CreateTrajectoryGenerator(given, [[]])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.CreateTrajectoryGenerator(given, [[1, double.NaN, 0]]));
        TrajectoryGenerator generator = model.CreateTrajectoryGenerator(given, Windows["delta"]);
        x[3][0] = double.NaN;
        Assert.Contains(
            "Row 4", Assert.Throws<VectorDataException>(() => generator.Generate(x)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<VectorDataException>(() => generator.Generate((double[][])[[1], [2]]));
        Assert.Throws<OperationCanceledException>(() => generator.Generate((double[][])[[1, 2]], new CancellationToken(canceled: true)));
    }

    private static (GaussianMixture Model, int[] Given, double[][] Rows) Problem(
        string structure, int windows, int source, int target, int components, int rows, string gaps)
    {
        Random random = new((1000 * source) + (100 * target) + (10 * components) + rows);
        int given = windows * source;
        int dimension = given + (windows * target);
        CovarianceStructure kept = structure switch
        {
            "equalBlocks" => new CovarianceStructure(CovarianceKind.Diagonal, dimension, [given, dimension - given]),
            "fullBlocks" => new CovarianceStructure(CovarianceKind.Full, dimension, [given, dimension - given]),
            _ => Structures.Make(structure, dimension),
        };
        GaussianMixture model = RandomMixtures.Model(random, kept, components);
        double[][] x = [.. Enumerable.Range(0, rows).Select(_ => RandomMixtures.Normals(random, given).Select(v => 2 * v).ToArray())];
        foreach (string gap in gaps.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            Array.Fill(x[int.Parse(gap, System.Globalization.CultureInfo.InvariantCulture)], Gap);
        }

        return (model, [.. Enumerable.Range(0, given)], x);
    }

    private static void AssertNear(double[,] expected, double[,] actual, double tolerance)
    {
        double error = Near.RelativeError([.. expected.Cast<double>()], [.. actual.Cast<double>()], 1);
        Assert.True(error <= tolerance, $"relative error {error:E2}, allowed {tolerance:E2}");
    }
}
