using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>The sequences that SPTK 4's vc converted, on every backend.</summary>
[Trait("Category", "Reference")]
public class TrajectoryReferenceTests
{
    /// <summary>The bar of the project for its reference cases.</summary>
    private const double Tolerance = 1e-8;

    public static TheoryData<string, BackendKind> Cases
    {
        get
        {
            TheoryData<string, BackendKind> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (TrajectoryCase c in TrajectoryCase.All)
                {
                    data.Add(c.ToString(), backend);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generate_ReferenceCase_AgreesWithSptk(string name, BackendKind backend)
    {
        TrajectoryCase c = TrajectoryCase.All.Single(c => c.ToString() == name);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend) };
        TrajectoryGenerator generator = c.Model.CreateTrajectoryGenerator(
            [.. Enumerable.Range(0, c.Given)], c.Windows, targets: null, c.Gap, execution);

        double[,] converted = generator.Generate(c.Source);

        double error = Near.RelativeError(c.Arrays["target"], [.. converted.Cast<double>()], 1);
        Assert.True(error <= Tolerance, $"relative error {error:E2}, allowed {Tolerance:E2}");
    }
}
