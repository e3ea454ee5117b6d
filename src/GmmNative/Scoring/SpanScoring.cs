using System.Collections.Concurrent;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Scoring;

/// <summary>Scores rows in a span, in the same chunks as a pass over a data set.</summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class SpanScoring<T> : ISpanScoring
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ScoringModel<T> _model;
    private readonly PreparedMixture<T> _prepared;
    private readonly MissingValues _policy;
    private readonly int _chunkRows;

    /// <summary>Scratch memory of finished calls; as many as ran at the same time.</summary>
    private readonly ConcurrentBag<RowExpectation<T>> _free = [];

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="execution">The backend and the numerical path.</param>
    /// <param name="policy">What happens to rows with missing values.</param>
    public SpanScoring(GaussianMixture model, ExecutionPlan execution, MissingValues policy)
    {
        _policy = policy;
        _model = ScoringModel<T>.Of(model, execution);
        _prepared = _model.Mixture;
        _chunkRows = _prepared.Geometry.ChunkRows;
    }

    /// <inheritdoc/>
    public MixtureFactors Factors => _prepared.Factors;

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<double> rows, Span<double> logDensities, Span<double> posteriors, Span<int> labels) =>
        Run<double>(rows, logDensities, posteriors, labels);

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<float> rows, Span<double> logDensities, Span<double> posteriors, Span<int> labels) =>
        Run<float>(rows, logDensities, posteriors, labels);

    private void Run<TRow>(ReadOnlySpan<TRow> rows, Span<double> logDensities, Span<double> posteriors, Span<int> labels)
        where TRow : unmanaged, IBinaryFloatingPointIeee754<TRow>
    {
        RowExpectation<T> expectation = Rent();
        int length = _chunkRows * _prepared.Layout.Dimension;
        try
        {
            for (int first = 0; !rows.IsEmpty; first += _chunkRows)
            {
                int count = Math.Min(length, rows.Length);
                Process(expectation, Widen(rows[..count], length), first, logDensities, posteriors, labels);
                rows = rows[count..];
            }
        }
        finally
        {
            _free.Add(expectation);
        }
    }

    /// <summary>Returns the rows in double precision: the rows themselves, or scratch memory of the thread.</summary>
    private static ReadOnlySpan<double> Widen<TRow>(ReadOnlySpan<TRow> rows, int length)
        where TRow : unmanaged, IBinaryFloatingPointIeee754<TRow>
    {
        if (typeof(TRow) == typeof(double))
        {
            return MemoryMarshal.Cast<TRow, double>(rows);
        }

        Span<double> wide = Scratch<double>.Take(Scratch<double>.Row, length)[..rows.Length];
        TensorPrimitives.ConvertTruncating(rows, wide);
        return wide;
    }

    private RowExpectation<T> Rent() =>
        _free.TryTake(out RowExpectation<T>? expectation)
            ? expectation
            : new RowExpectation<T>(_prepared, _chunkRows, _policy, _model.Conditional);

    private void Process(
        RowExpectation<T> expectation, ReadOnlySpan<double> rows, int first, Span<double> logDensities, Span<double> posteriors,
        Span<int> labels)
    {
        int dimension = _prepared.Layout.Dimension;
        int components = _prepared.Components;
        int index = FiniteCheck.IndexOfNotUsable(rows, _policy);
        if (index >= 0)
        {
            throw FiniteCheck.NotFinite($"Row {first + (index / dimension) + 1}, column {(index % dimension) + 1}", rows[index]);
        }

        expectation.Expect(new RowChunk(rows, rows.Length / dimension, first));
        StripMatrix<T> shares = expectation.Posteriors;
        if (!logDensities.IsEmpty)
        {
            expectation.LogDensities.CopyTo(logDensities[first..]);
        }

        if (!posteriors.IsEmpty)
        {
            Span<double> to = posteriors[(first * components)..];
            for (int r = 0; r < shares.Strips.Rows; r++)
            {
                StripRow.Read<T>(shares, r, to.Slice(r * components, components));
            }
        }

        if (!labels.IsEmpty)
        {
            StripLayout.LargestPlaces<T>(shares, components, labels[first..]);
            LeftOutRows.Mark(expectation.LogDensities, labels[first..]);
        }
    }
}
