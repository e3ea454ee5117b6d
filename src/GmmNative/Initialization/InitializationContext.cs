namespace GmmNative;

/// <summary>What every initialisation works with.</summary>
internal sealed record InitializationContext
{
    public required IVectorSource Rows { get; init; }

    public required DataSummary Summary { get; init; }

    public required CovarianceStructure Structure { get; init; }

    public required int Components { get; init; }

    public required ExecutionPlan Execution { get; init; }

    public required MaximizationOptions Maximization { get; init; }

    public required Random Random { get; init; }

    public TrainingProgress? Progress { get; init; }

    public CancellationToken CancellationToken { get; init; }

    public int Dimension => Structure.Dimension;
}
