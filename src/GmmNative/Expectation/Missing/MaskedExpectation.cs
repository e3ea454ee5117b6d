using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// Computes the E-step of rows with missing values under diagonal covariances, of any patterns, by two matrix products. Contains scratch
/// memory for one thread.
/// </summary>
internal sealed class MaskedExpectation : IDisposable
{
    private readonly MaskedParameters _parameters;
    private readonly IDenseOperations<double> _operations;
    private readonly AlignedBuffer<double> _features;
    private readonly AlignedBuffer<double> _posteriors;
    private readonly double[] _logDensities;
    private readonly double[] _reach;
    private readonly int _height;
    private readonly int _featureHeight;
    private RowStrips _strips;

    /// <summary>Allocates scratch memory for up to <paramref name="maximumRows"/> rows.</summary>
    public MaskedExpectation(MaskedParameters parameters, int maximumRows)
    {
        _parameters = parameters;
        _operations = parameters.Execution.Backend.DoubleOperations;
        _height = RowStrips.PaddedHeight(parameters.Components);
        _featureHeight = RowStrips.PaddedHeight(parameters.Features);
        RowStrips strips = _operations.Strips(maximumRows);
        _features = parameters.Execution.Scratch.Rent<double>(strips.Length(_featureHeight));
        _posteriors = parameters.Execution.Scratch.Rent<double>(strips.Length(_height));
        _logDensities = new double[maximumRows];
        _reach = new double[parameters.Features];
    }

    /// <summary>The log-densities of the last rows in nats, without weights; 0 where nothing is observed.</summary>
    public ReadOnlySpan<double> LogDensities => _logDensities.AsSpan(0, _strips.Rows);

    /// <summary>The K posteriors per row, in strips.</summary>
    public StripMatrix<double> Posteriors => new(_strips, _posteriors.Span, _height);

    /// <summary>The 3 D features per row, in strips.</summary>
    public ReadOnlyStripMatrix<double> Features => new StripMatrix<double>(_strips, _features.Span, _featureHeight);

    /// <summary>Computes posteriors and log-densities.</summary>
    /// <param name="rows">Rows of D numbers; NaN is a missing value.</param>
    /// <returns>False if rounding could be visible: there are no results then.</returns>
    public bool TryExpect(ReadOnlySpan<double> rows)
    {
        _strips = _operations.Strips(rows.Length / _parameters.Dimension);
        Lift(rows);
        if (_parameters.IsChecked && _parameters.LosesDigits(_reach))
        {
            return false;
        }

        _operations.MultiplyStrips(_parameters.Theta, Features, _parameters.Bias, Posteriors);
        Interop.Kernels.Posteriors.FromLogJoint(Posteriors, _parameters.Components, _logDensities, []);
        for (int r = 0; r < _strips.Rows && _parameters.HasUnitWeights; r++)
        {
            if (!rows.Slice(r * _parameters.Dimension, _parameters.Dimension).ContainsAnyExcept(double.NaN))
            {
                _logDensities[r] = 0;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parameters.Execution.Scratch.Return(_features);
        _parameters.Execution.Scratch.Return(_posteriors);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Lift(ReadOnlySpan<double> rows)
    {
        int dimension = _parameters.Dimension;
        int width = _strips.Width;
        Span<double> values = new StripMatrix<double>(_strips, _features.Span, _featureHeight).Values;
        values.Clear();
        _reach.AsSpan().Clear();
        ReadOnlySpan<double> point = _parameters.ExpansionPoint;
        for (int r = 0; r < _strips.Rows; r++)
        {
            Span<double> lane = values[_strips.Offset(r, _featureHeight)..];
            ReadOnlySpan<double> row = rows.Slice(r * dimension, dimension);
            for (int d = 0; d < row.Length; d++)
            {
                if (double.IsNaN(row[d]))
                {
                    lane[((2 * dimension) + d) * width] = 1;
                    _reach[(2 * dimension) + d] = 1;
                    continue;
                }

                double value = row[d] - point[d];
                lane[d * width] = value;
                lane[(dimension + d) * width] = value * value;
                _reach[d] = Math.Max(_reach[d], Math.Abs(value));
            }
        }

        for (int d = 0; d < dimension; d++)
        {
            _reach[dimension + d] = _reach[d] * _reach[d];
        }
    }
}
