using System.Numerics;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;

namespace GmmNative.Scoring;

/// <summary>A model prepared for the scoring of rows with or without missing values. Immutable, shared by all threads.</summary>
/// <typeparam name="T">The precision of the products.</typeparam>
/// <param name="Mixture">The model, prepared for complete rows.</param>
internal sealed record ScoringModel<T>(PreparedMixture<T> Mixture)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The conditional distributions, created when a row with missing values first needs them.</summary>
    public Lazy<ConditionalParameters> Conditional { get; } = new(() => new ConditionalParameters(Mixture.Factors, Mixture.Execution));

    /// <summary>Prepares a model.</summary>
    public static ScoringModel<T> Of(GaussianMixture model, ExecutionPlan execution) =>
        new(new PreparedMixture<T>(model, new LiftedLayout(model.Structure), ExpansionPoint.Of(model), execution));
}
