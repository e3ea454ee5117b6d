using Microsoft.ML.Data;

/// <summary>A row of features, and the cluster that it was drawn from.</summary>
internal sealed class Row
{
    public const int Dimension = 39;

    [VectorType(Dimension)]
    public float[] Features { get; set; } = [];

    [KeyType(1024)]
    public uint Label { get; set; }
}
