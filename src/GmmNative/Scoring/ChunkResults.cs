using System.Numerics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring;

/// <summary>Stores the results of one chunk at a time, row-major. Scratch memory of one thread.</summary>
/// <param name="request">The results to store.</param>
/// <param name="components">K.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
internal sealed class ChunkResults(ResultRequest request, int components, int chunkRows) : IRowSink
{
    private readonly double[] _logDensities = new double[chunkRows];
    private readonly double[] _posteriors = request.Has(ResultKinds.Posteriors) ? new double[checked(chunkRows * components)] : [];
    private readonly int[] _labels = request.Has(ResultKinds.Label) ? new int[chunkRows] : [];
    private readonly double[] _largest =
        request.Has(ResultKinds.LargestPosteriors) ? new double[checked(chunkRows * 2 * request.Largest)] : [];
    private readonly double[] _row = request.Has(ResultKinds.LargestPosteriors) ? new double[components] : [];
    private int _count;

    /// <summary>The log-densities of the last chunk, in nats.</summary>
    public Span<double> LogDensities => _logDensities.AsSpan(0, _count);

    /// <summary>The K posteriors per row of the last chunk; empty if they are not stored.</summary>
    public ReadOnlySpan<double> Posteriors => _posteriors.Length == 0 ? [] : _posteriors.AsSpan(0, _count * components);

    /// <summary>The labels of the last chunk; empty if they are not stored.</summary>
    public ReadOnlySpan<int> Labels => _labels.Length == 0 ? [] : _labels.AsSpan(0, _count);

    /// <summary>The 2 C numbers per row of the last chunk: components and posteriors; empty if they are not stored.</summary>
    public ReadOnlySpan<double> Largest => _largest.AsSpan(0, Math.Min(_largest.Length, _count * 2 * request.Largest));

    /// <inheritdoc/>
    public void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlyStripMatrix<T> posteriors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _count = logDensities.Length;
        logDensities.CopyTo(_logDensities);
        for (int r = 0; r < _count && _posteriors.Length > 0; r++)
        {
            StripRow.Read(posteriors, r, _posteriors.AsSpan(r * components, components));
        }

        for (int r = 0; r < _count && _largest.Length > 0; r++)
        {
            StripRow.Read(posteriors, r, _row);
            LargestPosteriors.Find(_row, _largest.AsSpan(r * 2 * request.Largest, 2 * request.Largest));
        }

        if (_labels.Length > 0)
        {
            StripLayout.LargestPlaces(posteriors, components, _labels);
            LeftOutRows.Mark(logDensities, _labels);
        }
    }
}
