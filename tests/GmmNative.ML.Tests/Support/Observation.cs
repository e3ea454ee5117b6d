using Microsoft.ML.Data;

namespace GmmNative.ML.Tests;

/// <summary>A row of ML.NET.</summary>
public sealed class Observation
{
    [VectorType(Samples.Dimension)]
    public float[] Features { get; set; } = [];

    public float Weight { get; set; }

    [KeyType(3)]
    public uint Label { get; set; }
}
