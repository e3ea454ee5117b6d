namespace GmmNative.ML.Tests;

/// <summary>The columns of a mixture.</summary>
public sealed class Prediction
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];

    public float[] Posterior { get; set; } = [];

    public float LogDensity { get; set; }
}
