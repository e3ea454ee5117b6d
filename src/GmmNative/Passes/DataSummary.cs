using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GmmNative.Data;
using GmmNative.Execution;

namespace GmmNative.Passes;

/// <summary>The number, weighted mean and range of the rows.</summary>
internal sealed class DataSummary
{
    private readonly double[] _minima;
    private readonly double[] _maxima;

    private DataSummary(long rows, double totalWeight, double[] mean, double[] deviation, double[] minima, double[] maxima,
        bool hasMissing)
    {
        HasMissing = hasMissing;
        Rows = rows;
        TotalWeight = totalWeight;
        Mean = mean;
        Deviation = deviation;
        _minima = minima;
        _maxima = maxima;
    }

    /// <summary>The number of rows, T.</summary>
    public long Rows { get; }

    /// <summary>The sum of the weights of the rows; the number of rows if they have no weights.</summary>
    public double TotalWeight { get; }

    /// <summary>Whether a value is missing. Means, deviations and ranges are those of the observed values.</summary>
    public bool HasMissing { get; }

    /// <summary>The D means.</summary>
    public double[] Mean { get; }

    /// <summary>The D standard deviations.</summary>
    public double[] Deviation { get; }

    /// <summary>Returns a summary with the same mean and range, for a sample of the rows, without weights.</summary>
    public DataSummary OfSample(long rows) => new(rows, rows, Mean, Deviation, _minima, _maxima, HasMissing);

    /// <summary>Returns, for each coordinate, the largest distance of a row from a point.</summary>
    public double[] Reach(ReadOnlySpan<double> point)
    {
        double[] reach = new double[Mean.Length];
        for (int d = 0; d < reach.Length; d++)
        {
            reach[d] = Math.Max(_maxima[d] - point[d], point[d] - _minima[d]);
        }

        return reach;
    }

    /// <summary>Returns, for each coordinate, the largest magnitude of a value.</summary>
    public double[] Magnitude() => Reach(new double[Mean.Length]);

    /// <summary>Reads all rows once.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="execution">The threads.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    /// <param name="weights">The weights of the rows, positive; empty if all weights are 1. The range does not depend on them.</param>
    /// <param name="acceptsMissing">Whether values may be missing.</param>
    /// <exception cref="VectorDataException">
    /// There are no rows, a value or the variance of a column is not finite, or every value of a column is missing.
    /// </exception>
    public static DataSummary Of(
        IVectorSource source, ExecutionPlan execution, CancellationToken cancellationToken, ReadOnlyMemory<double> weights = default,
        bool acceptsMissing = false)
    {
        int dimension = source.Dimension;
        double[]? origin = FirstRow(source, acceptsMissing);
        if (origin is null)
        {
            throw new VectorDataException("There are no rows: training needs at least one.");
        }

        RangeSums sums = ChunkedPass.Run(
            source, ChunkGeometry.For(2 * dimension), execution,
            new AccumulatorPool<RangeSums>(() => new RangeSums(dimension)), () => new RangeWorker(origin, acceptsMissing), null,
            cancellationToken,
            weights);
        if (sums.BadRow >= 0)
        {
            throw FiniteCheck.NotFinite(source, sums.BadRow, sums.BadColumn, sums.BadValue);
        }

        double[] mean = new double[dimension];
        double[] deviation = new double[dimension];
        double total = 0;
        for (int d = 0; d < dimension; d++)
        {
            // The total must be finite too, because k-means sums squared distances over all columns.
            total += sums.Second[d];
            if (!double.IsFinite(total))
            {
                throw new VectorDataException(
                    $"The values of column {d + 1} are so far apart that their variance overflows: scale them down or remove the "
                    + "outliers.");
            }

            double observed = sums.TotalWeight - sums.MissingWeights[d];
            if (sums.MissingCounts[d] == sums.Rows)
            {
                throw new VectorDataException(
                    $"Every value of {source.DescribeColumn(d)} is missing: leave out the column, or provide a value.");
            }

            double offset = sums.First[d] / observed;
            mean[d] = origin[d] + offset;
            deviation[d] = Math.Sqrt(Math.Max(0, (sums.Second[d] / observed) - (offset * offset)));
        }

        return new DataSummary(
            sums.Rows, sums.TotalWeight, mean, deviation, sums.Minima, sums.Maxima, sums.MissingCounts.AsSpan().ContainsAnyExcept(0));
    }

    /// <summary>Returns the first row. Sums of differences from it lose no digits to an offset common to all rows.</summary>
    private static double[]? FirstRow(IVectorSource source, bool acceptsMissing)
    {
        using IVectorReader reader = source.OpenReader();
        double[] row = new double[source.Dimension];
        if (reader.Read(row) == 0)
        {
            return null;
        }

        // The pass that follows reports a value that is not finite with its location. Here it must only not propagate.
        if (FiniteCheck.IndexOfNonFinite(row) < 0)
        {
            return row;
        }

        return acceptsMissing ? FirstValues(source.Dimension, reader, row) : new double[row.Length];
    }

    /// <summary>Returns the first observed value of each column; 0 if the first rows do not have one.</summary>
    private static double[] FirstValues(int dimension, IVectorReader reader, double[] row)
    {
        const int RowsToRead = 1000;
        double[] values = new double[dimension];
        values.AsSpan().Fill(double.NaN);
        for (int read = 1, rows = 0; read > 0 && rows < RowsToRead && values.AsSpan().Contains(double.NaN); rows++)
        {
            for (int d = 0; d < dimension; d++)
            {
                values[d] = double.IsNaN(values[d]) && double.IsFinite(row[d]) ? row[d] : values[d];
            }

            read = reader.Read(row);
        }

        return Array.ConvertAll(values, value => double.IsNaN(value) ? 0 : value);
    }

    private sealed class RangeSums(int dimension) : IAccumulator<RangeSums>
    {
        private long _rows;
        private double _totalWeight;

        public long Rows
        {
            get => _rows;
            set => _rows = value;
        }

        public double TotalWeight
        {
            get => _totalWeight;
            set => _totalWeight = value;
        }

        public double[] First { get; } = new double[dimension];

        public double[] Second { get; } = new double[dimension];

        /// <summary>The number of missing values of each of the D columns.</summary>
        public long[] MissingCounts { get; } = new long[dimension];

        /// <summary>The weights of the rows whose value is missing, for each of the D columns.</summary>
        public double[] MissingWeights { get; } = new double[dimension];

        public double[] Minima { get; } = Filled(dimension, double.PositiveInfinity);

        public double[] Maxima { get; } = Filled(dimension, double.NegativeInfinity);

        public long BadRow { get; set; } = -1;

        public int BadColumn { get; set; }

        public double BadValue { get; set; }

        public void Clear()
        {
            Rows = 0;
            TotalWeight = 0;
            First.AsSpan().Clear();
            Second.AsSpan().Clear();
            MissingCounts.AsSpan().Clear();
            MissingWeights.AsSpan().Clear();
            Minima.AsSpan().Fill(double.PositiveInfinity);
            Maxima.AsSpan().Fill(double.NegativeInfinity);
            BadRow = -1;
        }

        public void Add(RangeSums other)
        {
            Rows += other.Rows;
            TotalWeight += other.TotalWeight;
            TensorPrimitives.Add(First, other.First, First);
            TensorPrimitives.Add(Second, other.Second, Second);
            TensorPrimitives.Add<long>(MissingCounts, other.MissingCounts, MissingCounts);
            TensorPrimitives.Add(MissingWeights, other.MissingWeights, MissingWeights);
            TensorPrimitives.Min(Minima, other.Minima, Minima);
            TensorPrimitives.Max(Maxima, other.Maxima, Maxima);
            if (BadRow < 0 && other.BadRow >= 0)
            {
                (BadRow, BadColumn, BadValue) = (other.BadRow, other.BadColumn, other.BadValue);
            }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The rows; the total weight, D sums, D sums of squares, D counts of missing values, D sums of their weights, D minima, D maxima.
        /// There is no entry for a value that is not finite, because it ends the pass.
        /// </remarks>
        public void VisitSums(ISumVisitor visitor)
        {
            visitor.Counts(new Span<long>(ref _rows));
            visitor.Sums(new Span<double>(ref _totalWeight));
            visitor.Sums(First);
            visitor.Sums(Second);
            visitor.Counts(MissingCounts);
            visitor.Sums(MissingWeights);
            visitor.Minima(Minima);
            visitor.Maxima(Maxima);
        }

        private static double[] Filled(int length, double value)
        {
            double[] array = new double[length];
            array.AsSpan().Fill(value);
            return array;
        }
    }

    private sealed class RangeWorker(double[] origin, bool acceptsMissing) : IChunkWorker<RangeSums>
    {
        public void Process(in RowChunk chunk, RangeSums sums)
        {
            sums.Rows += chunk.Count;
            sums.TotalWeight += chunk.TotalWeight;
            int dimension = origin.Length;
            int bad = FiniteCheck.IndexOfNonFinite(chunk.Rows);
            if (bad >= 0 && acceptsMissing)
            {
                bad = FiniteCheck.IndexOfInfinite(chunk.Rows);
                if (bad < 0)
                {
                    AddObserved(chunk, sums);
                    return;
                }
            }

            if (bad >= 0)
            {
                if (sums.BadRow < 0)
                {
                    (sums.BadRow, sums.BadColumn, sums.BadValue) = (chunk.FirstRow + (bad / dimension), bad % dimension, chunk.Rows[bad]);
                }

                return;
            }

            for (int r = 0; r < chunk.Count; r++)
            {
                AddRow(chunk.Rows.Slice(r * dimension, dimension), chunk.WeightOf(r), sums);
            }
        }

        private void AddObserved(in RowChunk chunk, RangeSums sums)
        {
            for (int r = 0; r < chunk.Count; r++)
            {
                double weight = chunk.WeightOf(r);
                for (int d = 0; d < origin.Length; d++)
                {
                    double value = chunk.Rows[(r * origin.Length) + d];
                    if (double.IsNaN(value))
                    {
                        sums.MissingCounts[d]++;
                        sums.MissingWeights[d] += weight;
                    }
                    else
                    {
                        AddValue(value, d, weight, sums);
                    }
                }
            }
        }

        private void AddValue(double value, int d, double weight, RangeSums sums)
        {
            double difference = value - origin[d];
            sums.First[d] += weight * difference;
            sums.Second[d] += weight * difference * difference;
            sums.Minima[d] = Math.Min(sums.Minima[d], value);
            sums.Maxima[d] = Math.Max(sums.Maxima[d], value);
        }

        /// <summary>One loop for all four arrays: it is limited by memory bandwidth, not by arithmetic.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void AddRow(ReadOnlySpan<double> row, double weight, RangeSums sums)
        {
            ref double x = ref MemoryMarshal.GetReference(row);
            ref double o = ref MemoryMarshal.GetArrayDataReference(origin);
            ref double first = ref MemoryMarshal.GetArrayDataReference(sums.First);
            ref double second = ref MemoryMarshal.GetArrayDataReference(sums.Second);
            ref double minima = ref MemoryMarshal.GetArrayDataReference(sums.Minima);
            ref double maxima = ref MemoryMarshal.GetArrayDataReference(sums.Maxima);
            Vector<double> weights = new(weight);
            int i = 0;
            for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                nuint at = (nuint)i;
                Vector<double> value = Vector.LoadUnsafe(ref x, at);
                Vector<double> difference = value - Vector.LoadUnsafe(ref o, at);
                Vector<double> weighted = weights * difference;
                (Vector.LoadUnsafe(ref first, at) + weighted).StoreUnsafe(ref first, at);
                (Vector.LoadUnsafe(ref second, at) + (weighted * difference)).StoreUnsafe(ref second, at);
                Vector.Min(Vector.LoadUnsafe(ref minima, at), value).StoreUnsafe(ref minima, at);
                Vector.Max(Vector.LoadUnsafe(ref maxima, at), value).StoreUnsafe(ref maxima, at);
            }

            for (; i < row.Length; i++)
            {
                AddValue(row[i], i, weight, sums);
            }
        }

        public void Dispose()
        {
        }
    }
}
