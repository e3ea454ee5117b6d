using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.Passes;
using GmmNative.Passes.Missing;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// Computes the log-densities and posteriors of chunks whose rows may have missing values. Chunks without missing values take no other way
/// than with <see cref="ChunkExpectation{T}"/>. Contains scratch memory for one thread.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
/// <param name="prepared">The model.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
/// <param name="policy">What happens to rows with missing values.</param>
/// <param name="conditional">The conditional distributions of the model, created when they are first needed.</param>
internal sealed class RowExpectation<T>(
    PreparedMixture<T> prepared, int chunkRows, MissingValues policy, Lazy<ConditionalParameters> conditional) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ChunkExpectation<T> _expectation = new(prepared, knownForms: null, chunkRows);
    private readonly RowPartition _partition = new(prepared.Layout.Dimension);
    private readonly RowGathering _gathering = new();
    private readonly int _height = RowStrips.PaddedHeight(prepared.Components);
    private MissingExpectation? _missing;
    private AlignedBuffer<T>? _posteriors;
    private double[] _logDensities = [];
    private int[] _missingCounts = [];
    private RowStrips _strips;
    private bool _isDivided;

    /// <summary>The log-densities of the rows of the last chunk in nats; NaN for rows that are left out.</summary>
    public ReadOnlySpan<double> LogDensities => _isDivided ? _logDensities.AsSpan(0, _strips.Rows) : _expectation.LogDensities;

    /// <summary>The K posteriors per row of the last chunk, in strips; NaN for rows that are left out.</summary>
    public StripMatrix<T> Posteriors => _isDivided ? new(_strips, _posteriors!.Span, _height) : _expectation.Posteriors;

    /// <summary>Computes the E-step of rows without weights.</summary>
    /// <param name="chunk">The rows. Observed values are finite.</param>
    public void Expect(in RowChunk chunk)
    {
        _isDivided = policy != MissingValues.Error && MissingPattern.HasMissing(chunk.Rows);
        if (!_isDivided)
        {
            _expectation.Expect(chunk, eachRow: true);
            return;
        }

        _strips = prepared.Operations.Strips(chunk.Count);
        _posteriors ??= prepared.Execution.Scratch.Rent<T>(prepared.Operations.Strips(chunkRows).Length(_height));
        if (_logDensities.Length == 0)
        {
            _logDensities = new double[chunkRows];
            _missingCounts = new int[chunkRows];
        }

        Posteriors.Values.Clear();
        _partition.Divide(chunk);
        ReadOnlySpan<int> complete = _partition.Complete;
        if (!complete.IsEmpty)
        {
            _expectation.Expect(_gathering.Gather(chunk, complete, []), eachRow: true);
            Scatter<T>(complete, _expectation.LogDensities, _expectation.Posteriors);
        }

        if (policy == MissingValues.Drop)
        {
            LeaveOut();
        }
        else
        {
            Marginalize(chunk);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _expectation.Dispose();
        _missing?.Dispose();
        if (_posteriors is not null)
        {
            prepared.Execution.Scratch.Return(_posteriors);
        }
    }

    private void LeaveOut()
    {
        foreach (int r in _partition.Incomplete)
        {
            _logDensities[r] = double.NaN;
            for (int k = 0; k < prepared.Components; k++)
            {
                Posteriors.Values[_strips.Offset(r, _height) + (k * _strips.Width)] = T.NaN;
            }
        }
    }

    private void Marginalize(in RowChunk chunk)
    {
        _missing ??= new MissingExpectation(conditional.Value, prepared.Exact, prepared.Layout, prepared.Execution, chunkRows);
        ReadOnlySpan<int> rows = _partition.Incomplete;
        int dimension = prepared.Layout.Dimension;
        for (int i = 0; i < rows.Length; i++)
        {
            _missingCounts[i] = chunk.Rows.Slice(rows[i] * dimension, dimension).Count(double.NaN);
        }

        for (int first = 0, length; first < rows.Length; first += length)
        {
            length = _missing.PartLength(_missingCounts.AsSpan(first, rows.Length - first));
            ReadOnlySpan<int> part = rows.Slice(first, length);
            _missing.Expect(_gathering.Gather(chunk, part, []).Rows);
            Scatter<double>(part, _missing.LogDensities, _missing.Posteriors);
        }
    }

    /// <summary>Writes the results of selected rows to their places in the chunk.</summary>
    private void Scatter<TFrom>(ReadOnlySpan<int> rows, ReadOnlySpan<double> logDensities, ReadOnlyStripMatrix<TFrom> posteriors)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
    {
        Span<T> to = Posteriors.Values;
        RowStrips strips = posteriors.Strips;
        for (int i = 0; i < rows.Length; i++)
        {
            _logDensities[rows[i]] = logDensities[i];
            int target = _strips.Offset(rows[i], _height);
            int source = strips.Offset(i, posteriors.Height);
            for (int k = 0; k < prepared.Components; k++)
            {
                to[target + (k * _strips.Width)] = T.CreateTruncating(posteriors.Values[source + (k * strips.Width)]);
            }
        }
    }
}
