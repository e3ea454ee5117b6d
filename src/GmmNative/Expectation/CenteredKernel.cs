using System.Numerics;
using GmmNative.Execution;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Expectation;

/// <summary>
/// Computes Mahalanobis distances from the differences between rows and the mean of one component. In double they are accurate for distant,
/// narrow and ill-conditioned components, for which the expanded squares of the products are not. For large groups they need fewer
/// operations and much less memory. Contains scratch memory for one thread.
/// </summary>
/// <typeparam name="T">The precision of the distances.</typeparam>
internal sealed class CenteredKernel<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LiftedLayout _layout;
    private readonly ScratchPool _scratch;
    private readonly IDenseOperations<T> _operations;
    private readonly int _chunkRows;
    private readonly int _height;
    private AlignedBuffer<T>? _rows;
    private AlignedBuffer<T>? _differences;
    private RowStrips _strips;

    /// <summary>Creates a kernel for chunks of up to <paramref name="chunkRows"/> rows. Memory is allocated at the first use.</summary>
    public CenteredKernel(LiftedLayout layout, ExecutionPlan execution, int chunkRows)
    {
        _layout = layout;
        _scratch = execution.Scratch;
        _operations = execution.Backend.Operations<T>();
        _chunkRows = chunkRows;
        _height = RowStrips.PaddedHeight(layout.LargestGroup);
    }

    /// <summary>Prepares the rows of a chunk for <see cref="Distances"/>.</summary>
    public void Prepare(CenteredParameters<T> factors, in RowChunk chunk)
    {
        RowStrips largest = _operations.Strips(_chunkRows);
        _rows ??= _scratch.Rent<T>(largest.Length(_layout.Dimension));
        _differences ??= _scratch.Rent<T>(largest.Length(_height));
        _strips = _operations.Strips(chunk.Count);
        StripLayout.FromRows(chunk.Rows, factors.ExpansionPoint, new StripMatrix<T>(_strips, _rows.Span, _layout.Dimension));
    }

    /// <summary>Computes the squared Mahalanobis distances of the rows of the last prepared chunk from the mean of a component.</summary>
    public void Distances(CenteredParameters<T> factors, int component, Span<double> distances) =>
        DistancesFrom(factors.Mean(component), factors, component, distances);

    /// <summary>
    /// Computes the squared Mahalanobis distances of the rows of the last prepared chunk from any point, with the covariance of a
    /// component.
    /// </summary>
    /// <param name="mean">The point minus the expansion point of the factors: D coordinates.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="component">The component.</param>
    /// <param name="distances">Receives one distance per row.</param>
    public void DistancesFrom(ReadOnlySpan<T> mean, CenteredParameters<T> factors, int component, Span<double> distances)
    {
        StripMatrix<T> rows = new(_strips, _rows!.Span, _layout.Dimension);
        if (_layout.AllGroupsOfOne)
        {
            StripDistances.ScaledSquares(rows, mean, factors.InverseDeviations(component, _layout), distances);
            return;
        }

        distances[.._strips.Rows].Clear();
        StripMatrix<T> differences = new(_strips, _differences!.Span, _height);
        PackedFactor<T>[] packed = factors.Factors(component);
        for (int g = 0; g < packed.Length; g++)
        {
            StripDifferences.Subtract(rows, _layout.Structure.GroupArrays[g], mean, differences);
            _operations.SolveStrips(packed[g], differences);
            StripDifferences.AddSquares<T>(differences, packed[g].Order, distances);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedBuffer<T>? buffer in (ReadOnlySpan<AlignedBuffer<T>?>)[_rows, _differences])
        {
            if (buffer is not null)
            {
                _scratch.Return(buffer);
            }
        }
    }
}
