using System.Numerics;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Model;
using GmmNative.Passes;

namespace GmmNative.Statistics.Missing;

/// <summary>
/// The marginal of a model for the observed coordinates of a frequent pattern, prepared. Immutable, shared by all threads.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class PatternModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Prepares the marginal.</summary>
    /// <param name="plan">The pattern.</param>
    /// <param name="factors">The factors of the model of all coordinates.</param>
    /// <param name="origins">The origins of the moments of all coordinates.</param>
    /// <param name="summary">The range of the rows.</param>
    /// <param name="execution">The backend and the numerical path.</param>
    public PatternModel(PatternPlan plan, MixtureFactors factors, MomentOrigins origins, DataSummary summary, ExecutionPlan execution)
    {
        Plan = plan;
        GaussianMixture model = CoordinateSelection.Copy(
            factors.Model.WithVariational(null).WithStructure(plan.Whole), plan.Observed, plan.Layout.Structure);
        MixtureFactors own = new(model, execution, factors.LogWeights);
        Prepared = new PreparedMixture<T>(own, plan.Layout, ExpansionPoint.Of(model), execution);
        Origins = Select(origins, plan.Observed, model.ComponentCount);
        double[] reach = summary.Reach(Enlarged(Prepared.ExpansionPoint, plan, summary.Mean));
        Forms = KnownForms.Of(Prepared, [.. plan.Observed.Select(coordinate => reach[coordinate])]);
    }

    public PatternPlan Plan { get; }

    public PreparedMixture<T> Prepared { get; }

    /// <summary>The origins of the observed coordinates.</summary>
    public MomentOrigins Origins { get; }

    /// <summary>The forms of the K components if they are the same for every chunk; otherwise <see langword="null"/>.</summary>
    public DensityForm[]? Forms { get; }

    private static double[] Enlarged(double[] point, PatternPlan plan, double[] all)
    {
        double[] result = [.. all];
        for (int i = 0; i < point.Length; i++)
        {
            result[plan.Observed[i]] = point[i];
        }

        return result;
    }

    private static MomentOrigins Select(MomentOrigins origins, int[] observed, int components)
    {
        double[] points = new double[checked(components * observed.Length)];
        bool[] forced = new bool[components];
        for (int k = 0; k < components; k++)
        {
            forced[k] = origins.IsForced(k);
            for (int i = 0; i < observed.Length; i++)
            {
                points[(k * observed.Length) + i] = origins.Origin(k)[observed[i]];
            }
        }

        return MomentOrigins.Given(points, observed.Length, forced);
    }
}
