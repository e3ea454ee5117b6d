using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Initialization;

/// <summary>
/// The coordinates in which a start measures distances: the rows minus the mean of the data, in the unit of the distances. Immutable.
/// </summary>
internal sealed class RowScaling
{
    /// <summary>Creates the scaling of a data set.</summary>
    /// <param name="summary">The mean and deviations of the data.</param>
    /// <param name="unit">The unit of the distances.</param>
    public RowScaling(DataSummary summary, DistanceUnit unit)
    {
        ExpansionPoint = summary.Mean;
        Scale = new double[ExpansionPoint.Length];
        Deviations = new double[ExpansionPoint.Length];
        for (int d = 0; d < Scale.Length; d++)
        {
            // A constant column has no deviation and needs no scale. A column whose scale would overflow or underflow stays unscaled too.
            double scale = unit == DistanceUnit.Raw ? 1 : 1 / summary.Deviation[d];
            Scale[d] = double.IsNormal(scale) ? scale : 1;
            Deviations[d] = summary.Deviation[d] * Scale[d];
        }
    }

    /// <summary>The D values subtracted from rows.</summary>
    public double[] ExpansionPoint { get; }

    /// <summary>The D factors applied to rows minus the expansion point.</summary>
    public double[] Scale { get; }

    /// <summary>The D standard deviations of the scaled data.</summary>
    public double[] Deviations { get; }

    /// <summary>Scales a row.</summary>
    public void Apply(ReadOnlySpan<double> row, Span<double> result)
    {
        TensorPrimitives.Subtract(row, ExpansionPoint, result);
        TensorPrimitives.Multiply(result, Scale, result);
    }

    /// <summary>Restores a row from its scaled coordinates.</summary>
    public void Undo(ReadOnlySpan<double> scaled, Span<double> result)
    {
        TensorPrimitives.Divide(scaled, Scale, result);
        TensorPrimitives.Add(result, ExpansionPoint, result);
    }
}
