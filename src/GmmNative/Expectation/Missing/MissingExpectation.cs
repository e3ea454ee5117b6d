using System.Runtime.CompilerServices;
using GmmNative.Execution;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// Computes the E-step of rows with missing values, of any patterns. Contains scratch memory for one thread.
/// </summary>
/// <remarks>
/// The missing coordinates of a row are replaced by their expected values under a component. The squared Mahalanobis distance of that
/// completed row is that of the observed coordinates alone under their marginal. A component therefore treats all rows together, as
/// complete rows, in double. Completed rows differ between components, so only the expected values are stored.
/// </remarks>
internal sealed class MissingExpectation : IDisposable
{
    /// <summary>The number of expected values beyond which rows are processed in several parts: 2 MB.</summary>
    private const int MaximumValues = 1 << 18;

    /// <summary>The minimum number of rows per part, so that the products of parts stay efficient.</summary>
    private const int MinimumRows = 48;

    private readonly ConditionalParameters _parameters;
    private readonly CenteredParameters<double> _centered;
    private readonly CenteredKernel<double> _distances;
    private readonly ScratchPool _scratch;
    private readonly IDenseOperations<double> _operations;
    private readonly PatternRuns _runs;
    private readonly AlignedBuffer<double> _posteriors;
    private readonly double[] _completed;
    private readonly double[] _logDensities;
    private readonly double[] _squares;
    private readonly double[] _occupancies;
    private readonly double[] _logDeterminants;
    private readonly int _dimension;
    private readonly int _components;
    private readonly int _height;
    private double[] _values = [];
    private int _valueCount;
    private RowStrips _strips;

    /// <summary>Allocates scratch memory for parts of up to <paramref name="maximumRows"/> rows.</summary>
    /// <param name="parameters">The conditional distributions of the model.</param>
    /// <param name="centered">The parameters of the centered form of the model.</param>
    /// <param name="layout">The layout of lifted rows for the structure of the model.</param>
    /// <param name="execution">The backend.</param>
    /// <param name="maximumRows">The maximum number of rows per part.</param>
    public MissingExpectation(
        ConditionalParameters parameters, CenteredParameters<double> centered, LiftedLayout layout, ExecutionPlan execution,
        int maximumRows)
    {
        MaximumRows = maximumRows;
        _parameters = parameters;
        _centered = centered;
        _distances = new CenteredKernel<double>(layout, execution, maximumRows);
        _scratch = execution.Scratch;
        _operations = execution.Backend.DoubleOperations;
        _components = parameters.Factors.Model.ComponentCount;
        _dimension = layout.Dimension;
        _height = RowStrips.PaddedHeight(_components);
        _runs = new PatternRuns(parameters.Groups);
        _posteriors = _scratch.Rent<double>(_operations.Strips(maximumRows).Length(_height));
        _completed = new double[checked(maximumRows * _dimension)];
        _logDensities = new double[maximumRows];
        _squares = new double[maximumRows];
        _occupancies = new double[_components];
        _logDeterminants = new double[maximumRows];
        Kernel = new ConditionalKernel(parameters);
    }

    /// <summary>The maximum number of rows per part.</summary>
    public int MaximumRows { get; }

    /// <summary>The runs of the last part.</summary>
    public PatternRuns Runs => _runs;

    /// <summary>Computes conditional distributions. <see cref="Complete"/> does not use it.</summary>
    public ConditionalKernel Kernel { get; }

    /// <summary>The log-densities of the observed values of the rows of the last part, in nats; 0 where none is observed.</summary>
    public ReadOnlySpan<double> LogDensities => _logDensities.AsSpan(0, _runs.Rows);

    /// <summary>The K posteriors of each row of the last part, in strips.</summary>
    public StripMatrix<double> Posteriors => new(_strips, _posteriors.Span, _height);

    /// <summary>Returns how many of the following rows are processed together.</summary>
    /// <param name="missingCounts">The numbers of missing values of the following rows.</param>
    public int PartLength(ReadOnlySpan<int> missingCounts)
    {
        long values = 0;
        int rows = 0;
        while (rows < missingCounts.Length && rows < MaximumRows)
        {
            values += (long)missingCounts[rows] * _components;
            if (values > MaximumValues && rows >= MinimumRows)
            {
                break;
            }

            rows++;
        }

        return rows;
    }

    /// <summary>Computes the posteriors and log-densities of rows. Rows of the same pattern must follow each other.</summary>
    /// <param name="rows">At most <see cref="MaximumRows"/> rows of D numbers, each with a missing value, NaN.</param>
    public void Expect(ReadOnlySpan<double> rows)
    {
        int count = rows.Length / _dimension;
        FindRuns(rows, count);
        _strips = _operations.Strips(count);
        int needed = checked(_valueCount * _components);
        if (_values.Length < needed)
        {
            _values = new double[needed];
        }

        MixtureFactors factors = _parameters.Factors;
        for (int k = 0; k < _components; k++)
        {
            Condition(k, rows);
            Complete(k, rows, _completed);
            _distances.Prepare(_centered, new RowChunk(_completed.AsSpan(0, count * _dimension), count, 0));
            _distances.Distances(_centered, k, _squares);
            WriteLogJoint(k, factors.LogNormalizers[k], factors.LogWeights[k]);
        }

        _occupancies.AsSpan().Clear();
        Interop.Kernels.Posteriors.FromLogJoint(Posteriors, _components, _logDensities, _occupancies);
        for (int run = 0; run < _runs.Count; run++)
        {
            // A row without observed values has the density of an empty product. The sum of the weights differs from 1 by rounding.
            if (_runs.IsEmpty(run) && factors.Model.Variational is null)
            {
                _logDensities.AsSpan(_runs.FirstRow(run), _runs.FirstRow(run + 1) - _runs.FirstRow(run)).Clear();
            }
        }
    }

    /// <summary>Replaces the missing values of the rows of the last part by their expected values under a component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="rows">The rows of the last part.</param>
    /// <param name="completed">Receives as many rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Complete(int component, ReadOnlySpan<double> rows, Span<double> completed)
    {
        rows.CopyTo(completed);
        ReadOnlySpan<double> values = _values.AsSpan(component * _valueCount, _valueCount);
        for (int run = 0; run < _runs.Count; run++)
        {
            ReadOnlySpan<int> coordinates = _runs.MissingCoordinates(run);
            for (int r = _runs.FirstRow(run); r < _runs.FirstRow(run + 1); r++)
            {
                Span<double> row = completed.Slice(r * _dimension, _dimension);
                for (int i = 0; i < coordinates.Length; i++)
                {
                    row[coordinates[i]] = values[i];
                }

                values = values[coordinates.Length..];
            }
        }
    }

    /// <summary>Replaces the missing values of the rows of the last part by their expected values under the mixture.</summary>
    /// <param name="rows">The rows of the last part.</param>
    /// <param name="imputed">Receives as many rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Impute(ReadOnlySpan<double> rows, Span<double> imputed)
    {
        rows.CopyTo(imputed);
        StripMatrix<double> posteriors = Posteriors;
        int first = 0;
        for (int run = 0; run < _runs.Count; run++)
        {
            ReadOnlySpan<int> coordinates = _runs.MissingCoordinates(run);
            for (int r = _runs.FirstRow(run); r < _runs.FirstRow(run + 1); r++, first += coordinates.Length)
            {
                ReadOnlySpan<double> shares = posteriors.Values[_strips.Offset(r, _height)..];
                for (int i = 0; i < coordinates.Length; i++)
                {
                    double sum = 0;
                    for (int k = 0; k < _components; k++)
                    {
                        sum += shares[k * _strips.Width] * _values[(k * _valueCount) + first + i];
                    }

                    imputed[(r * _dimension) + coordinates[i]] = sum;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Return(_posteriors);
        _distances.Dispose();
    }

    private void FindRuns(ReadOnlySpan<double> rows, int count)
    {
        _runs.Clear();
        _valueCount = 0;
        for (int first = 0, next; first < count; first = next)
        {
            ReadOnlySpan<double> row = rows.Slice(first * _dimension, _dimension);
            next = first + 1;
            while (next < count && HasSamePattern(row, rows.Slice(next * _dimension, _dimension)))
            {
                next++;
            }

            _runs.Add(row, next - first);
            _valueCount = checked(_valueCount + ((next - first) * _runs.MissingCount(_runs.Count - 1)));
        }
    }

    private static bool HasSamePattern(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        for (int d = 0; d < first.Length; d++)
        {
            if (double.IsNaN(first[d]) != double.IsNaN(second[d]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Computes the expected values and the determinants of the patterns under a component.</summary>
    private void Condition(int component, ReadOnlySpan<double> rows)
    {
        Span<double> values = _values.AsSpan(component * _valueCount, _valueCount);
        for (int run = 0; run < _runs.Count; run++)
        {
            _logDeterminants[run] = Kernel.Load(component, _runs, run);
            int missing = _runs.MissingCount(run);
            for (int r = _runs.FirstRow(run); r < _runs.FirstRow(run + 1); r++)
            {
                Kernel.Expect(rows.Slice(r * _dimension, _dimension), values[..missing]);
                values = values[missing..];
            }
        }
    }

    private void WriteLogJoint(int component, double normalizer, double logWeight)
    {
        StripMatrix<double> posteriors = Posteriors;
        for (int run = 0; run < _runs.Count; run++)
        {
            double own = normalizer + (0.5 * ((_runs.MissingCount(run) * Math.Log(2 * Math.PI)) - _logDeterminants[run]));
            for (int r = _runs.FirstRow(run); r < _runs.FirstRow(run + 1); r++)
            {
                double value = _runs.IsEmpty(run) ? logWeight : own - (0.5 * _squares[r]);

                // Observed values are finite, so NaN is a difference of distances beyond the range of double.
                posteriors.Values[_strips.Offset(r, _height) + (component * _strips.Width)] =
                    double.IsNaN(value) ? double.NegativeInfinity : value;
            }
        }
    }
}
