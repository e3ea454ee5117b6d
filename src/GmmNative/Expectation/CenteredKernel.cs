using System.Numerics;
using GmmNative.Execution;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Expectation;

/// <summary>
/// Mahalanobis distances from differences of rows from one component's mean. In double they are accurate for far, tight and ill-conditioned
/// components, where the expanded squares of the products are not; and where groups are large they cost fewer operations and far less
/// memory. One thread's scratch.
/// </summary>
/// <typeparam name="T">Its precision.</typeparam>
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

    /// <summary>Makes it for chunks of up to <paramref name="chunkRows"/> rows; memory is taken when it is first needed.</summary>
    public CenteredKernel(LiftedLayout layout, ExecutionPlan execution, int chunkRows)
    {
        _layout = layout;
        _scratch = execution.Scratch;
        _operations = execution.Backend.Operations<T>();
        _chunkRows = chunkRows;
        _height = RowStrips.PaddedHeight(layout.LargestGroup);
    }

    /// <summary>Makes a chunk's rows ready for <see cref="Distances"/>.</summary>
    public void Prepare(CenteredParameters<T> factors, in RowChunk chunk)
    {
        RowStrips largest = _operations.Strips(_chunkRows);
        _rows ??= _scratch.Rent<T>(largest.Length(_layout.Dimension));
        _differences ??= _scratch.Rent<T>(largest.Length(_height));
        _strips = _operations.Strips(chunk.Count);
        StripLayout.FromRows(chunk.Rows, factors.ExpansionPoint, new StripMatrix<T>(_strips, _rows.Span, _layout.Dimension));
    }

    /// <summary>Squared Mahalanobis distances of the rows of the chunk last prepared from a component's mean.</summary>
    public void Distances(CenteredParameters<T> factors, int component, Span<double> distances)
    {
        StripMatrix<T> rows = new(_strips, _rows!.Span, _layout.Dimension);
        ReadOnlySpan<T> mean = factors.Mean(component);
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
