using GmmNative.Execution;
using GmmNative.Maximization;
using GmmNative.Passes;
using GmmNative.Reporting;

namespace GmmNative.Initialization;

/// <summary>The inputs of every start.</summary>
internal sealed record InitializationContext
{
    public required TrainingData Data { get; init; }

    /// <summary>The unit of distances.</summary>
    public required RowScaling Scaling { get; init; }

    public required CovarianceStructure Structure { get; init; }

    public required int Components { get; init; }

    public required ExecutionPlan Execution { get; init; }

    public required UpdateOptions Maximization { get; init; }

    public required Random Random { get; init; }

    public TrainingProgress? Progress { get; init; }

    public CancellationToken CancellationToken { get; init; }

    public IVectorSource Rows => Data.Rows;

    public DataSummary Summary => Data.Summary;

    public int Dimension => Structure.Dimension;
}
