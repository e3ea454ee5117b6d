using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Initialization;

/// <summary>
/// The coordinates in which a start measures distances: rows less the data's mean, in the unit of the distances. Immutable.
/// </summary>
internal sealed class RowScaling
{
    /// <summary>Makes the scaling of a data set.</summary>
    /// <param name="summary">Its mean and deviations.</param>
    /// <param name="unit">The unit of the distances.</param>
    public RowScaling(DataSummary summary, DistanceUnit unit)
    {
        ExpansionPoint = summary.Mean;
        Scale = new double[ExpansionPoint.Length];
        Deviations = new double[ExpansionPoint.Length];
        for (int d = 0; d < Scale.Length; d++)
        {
            // A constant column has no deviation to measure by, and needs none. Nor has one whose unit is beyond the range.
            double scale = unit == DistanceUnit.Raw ? 1 : 1 / summary.Deviation[d];
            Scale[d] = double.IsNormal(scale) ? scale : 1;
            Deviations[d] = summary.Deviation[d] * Scale[d];
        }
    }

    /// <summary>D: subtracted from rows.</summary>
    public double[] ExpansionPoint { get; }

    /// <summary>D: multiplies rows less the expansion point.</summary>
    public double[] Scale { get; }

    /// <summary>D: the data's standard deviations after that.</summary>
    public double[] Deviations { get; }

    /// <summary>Scales a row.</summary>
    public void Apply(ReadOnlySpan<double> row, Span<double> result)
    {
        TensorPrimitives.Subtract(row, ExpansionPoint, result);
        TensorPrimitives.Multiply(result, Scale, result);
    }

    /// <summary>The row that a scaled one stands for.</summary>
    public void Undo(ReadOnlySpan<double> scaled, Span<double> result)
    {
        TensorPrimitives.Divide(scaled, Scale, result);
        TensorPrimitives.Add(result, ExpansionPoint, result);
    }
}
