namespace GmmNative.ML.Schema;

/// <summary>The columns that a transformer adds, in their order.</summary>
internal enum OutputKind
{
    PredictedLabel,
    Score,
    Posterior,
    LogDensity,
}
