using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Statistics.Missing;

/// <summary>
/// Computes the E-step and the sufficient statistics of chunks with missing values, for one thread: complete rows and rows of frequent
/// patterns as an E-step without missing values does, rows of other patterns by <see cref="MissingExpectation"/>.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
/// <param name="prepared">The model.</param>
/// <param name="forms">The forms of the K components for complete rows if they are the same for every chunk.</param>
/// <param name="patterns">The frequent patterns.</param>
/// <param name="parameters">The conditional distributions of the model.</param>
/// <param name="masked">The products for rows of rare patterns, or <see langword="null"/> if they do not serve.</param>
internal sealed class MissingStatisticsWorker<T>(
    PreparedMixture<T> prepared, DensityForm[]? forms, PatternModel<T>[] patterns, ConditionalParameters parameters,
    MaskedParameters? masked)
    : IChunkWorker<MissingStatistics>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowPartition _partition = new(prepared.Layout.Dimension);
    private readonly RowGathering _gathering = new();
    private readonly List<int> _rare = [];
    private readonly int _maximumRows = prepared.Geometry.ChunkRows;
    private MaskedStatistics? _masked;
    private MissingExpectation? _expectation;
    private MomentKernel<double>? _moments;
    private double[] _rows = [];
    private double[] _shares = [];
    private double[] _covariance = [];

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, MissingStatistics sums)
    {
        _partition.Divide(chunk);
        _rare.Clear();
        AddRows(prepared, forms, [], _partition.Complete, chunk, sums.Main);
        ReadOnlySpan<int> incomplete = _partition.Incomplete;
        for (int first = 0, length; first < incomplete.Length; first += length)
        {
            length = _partition.RunLength(first);
            ReadOnlySpan<int> rows = incomplete.Slice(first, length);
            int pattern = FindPattern(_partition.Pattern(rows[0]));
            if (pattern < 0)
            {
                _rare.AddRange(rows);
                continue;
            }

            PatternModel<T> model = patterns[pattern];
            AddRows(model.Prepared, model.Forms, model.Plan.Observed, rows, chunk, sums.Patterns[pattern]);
        }

        AddRare(chunk, sums.Main);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _masked?.Dispose();
        _expectation?.Dispose();
        _moments?.Dispose();
    }

    private int FindPattern(ReadOnlySpan<ulong> bits)
    {
        for (int p = 0; p < patterns.Length; p++)
        {
            if (patterns[p].Plan.Pattern.Matches(bits))
            {
                return p;
            }
        }

        return -1;
    }

    /// <summary>Adds rows whose coordinates are all observed. All patterns share the scratch memory of the pool.</summary>
    private void AddRows(
        PreparedMixture<T> model, DensityForm[]? known, int[] columns, ReadOnlySpan<int> rows, in RowChunk chunk,
        SufficientStatistics sums)
    {
        if (rows.IsEmpty)
        {
            return;
        }

        int chunkRows = model.Geometry.ChunkRows;
        using StatisticsWorker<T> worker = new(model, known, chunkRows, isPooled: false);
        for (int first = 0; first < rows.Length; first += chunkRows)
        {
            ReadOnlySpan<int> part = rows.Slice(first, Math.Min(chunkRows, rows.Length - first));
            worker.Process(_gathering.Gather(chunk, part, columns), sums);
        }
    }

    /// <summary>Adds the rows of rare patterns, in parts.</summary>
    private void AddRare(in RowChunk chunk, SufficientStatistics sums)
    {
        int dimension = prepared.Layout.Dimension;
        int[] counts = new int[_rare.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = chunk.Rows.Slice(_rare[i] * dimension, dimension).Count(double.NaN);
        }

        ReadOnlySpan<int> rows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rare);
        for (int first = 0, length; first < rows.Length; first += length)
        {
            length = Math.Min(_maximumRows, rows.Length - first);
            if (masked is not null)
            {
                _masked ??= new MaskedStatistics(masked, _maximumRows);
                if (_masked.TryAdd(_gathering.Gather(chunk, rows.Slice(first, length), []), sums))
                {
                    continue;
                }
            }

            Allocate();
            length = _expectation!.PartLength(counts.AsSpan(first));
            AddPart(_gathering.Gather(chunk, rows.Slice(first, length), []), sums);
        }
    }

    private void AddPart(in RowChunk rows, SufficientStatistics sums)
    {
        MissingExpectation expectation = _expectation!;
        expectation.Expect(rows.Rows);
        double logLikelihood = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            double weight = rows.WeightOf(r);
            logLikelihood += weight == 0 ? 0 : weight * expectation.LogDensities[r];
        }

        sums.AddRows(rows.Count, rows.TotalWeight, logLikelihood);
        OwnOriginMoments own = sums.RequireOwnOrigin();
        Span<double> completed = _rows.AsSpan(0, rows.Count * prepared.Layout.Dimension);
        Span<double> shares = _shares.AsSpan(0, rows.Count);
        for (int k = 0; k < sums.Components; k++)
        {
            TakeShares(k, rows, shares);
            expectation.Complete(k, rows.Rows, completed);
            _moments!.Add(k, new RowChunk(completed, rows.Count, 0), shares, sums.Origins.Origin(k), own);
            AddCovariances(k, shares, own);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeShares(int component, in RowChunk rows, Span<double> shares)
    {
        ReadOnlyStripMatrix<double> posteriors = _expectation!.Posteriors;
        RowStrips strips = posteriors.Strips;
        for (int r = 0; r < shares.Length; r++)
        {
            double posterior = posteriors.Values[strips.Offset(r, posteriors.Height) + (component * strips.Width)];
            shares[r] = rows.Weights.IsEmpty ? posterior : posterior * rows.Weights[r];
        }
    }

    /// <summary>Adds the conditional covariances of the missing coordinates, which are the same for all rows of a pattern.</summary>
    private void AddCovariances(int component, ReadOnlySpan<double> shares, OwnOriginMoments moments)
    {
        MissingExpectation expectation = _expectation!;
        PatternRuns runs = expectation.Runs;
        for (int run = 0; run < runs.Count; run++)
        {
            double share = 0;
            for (int r = runs.FirstRow(run); r < runs.FirstRow(run + 1); r++)
            {
                share += shares[r];
            }

            if (share == 0)
            {
                continue;
            }

            expectation.Kernel.Load(component, runs, run);
            foreach (int g in runs.Touched(run))
            {
                ReadOnlySpan<int> missing = runs.Missing(run, g);
                int n = parameters.Groups[g].Length;
                Span<double> square = moments.Square(component, g);
                expectation.Kernel.Covariance(g, _covariance);
                for (int i = 0; i < missing.Length; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        square[(missing[i] * n) + missing[j]] += share * _covariance[(i * missing.Length) + j];
                    }
                }
            }
        }
    }

    private void Allocate()
    {
        if (_expectation is not null)
        {
            return;
        }

        _expectation = new MissingExpectation(parameters, prepared.Exact, prepared.Layout, prepared.Execution, _maximumRows);
        _moments = new MomentKernel<double>(prepared.Layout, prepared.Execution, _maximumRows);
        _rows = new double[checked(_maximumRows * prepared.Layout.Dimension)];
        _shares = new double[_maximumRows];
        _covariance = new double[parameters.Groups.Max(group => group.Length * group.Length)];
    }
}
