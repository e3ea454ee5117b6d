using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Execution;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Expectation;

/// <summary>
/// Computes the E-step of one chunk at a time: the log-densities of its rows and the posteriors of the components. Contains scratch memory
/// for one thread.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class ChunkExpectation<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PreparedMixture<T> _prepared;
    private readonly DensityForm[]? _knownForms;
    private readonly bool _omitsCommon;
    private readonly DensityForm[] _forms;
    private readonly AlignedBuffer<T>? _rows;
    private readonly AlignedBuffer<T>? _features;
    private readonly AlignedBuffer<T> _posteriors;
    private readonly int _height;
    private readonly int _featureHeight;
    private readonly double[] _logDensities;
    private readonly double[] _occupancies;
    private readonly double[] _scratch;
    private readonly double[] _reach;
    private readonly double[] _liftedReach;
    private readonly double[] _distances;
    private readonly T[] _common;

    // Compute distances from differences: in the precision of the products, and in double.
    private readonly CenteredKernel<T> _centered;
    private readonly CenteredKernel<double> _exact;

    /// <summary>Allocates scratch memory for chunks of up to <paramref name="chunkRows"/> rows.</summary>
    /// <param name="prepared">The model.</param>
    /// <param name="knownForms">The forms of the K components if they are the same for every chunk; otherwise decided per chunk.</param>
    /// <param name="chunkRows">The maximum number of rows per chunk.</param>
    /// <param name="omitsCommon">
    /// Whether log-densities leave out the term that components with a shared covariance have in common. All forms must then be known and
    /// be products.
    /// </param>
    public ChunkExpectation(PreparedMixture<T> prepared, DensityForm[]? knownForms, int chunkRows, bool omitsCommon = false)
    {
        bool isShared = prepared.Layout.Quadratic == QuadraticFeatures.None;
        _omitsCommon = omitsCommon || !isShared;
        _prepared = prepared;
        _knownForms = knownForms;
        int dimension = prepared.Layout.Dimension;
        RowStrips strips = prepared.Operations.Strips(chunkRows);
        _height = RowStrips.PaddedHeight(prepared.Components);
        _forms = new DensityForm[prepared.Components];
        if (prepared.Products is not null)
        {
            _featureHeight = RowStrips.PaddedHeight(prepared.Layout.Features);
            _rows = prepared.Execution.Scratch.Rent<T>(strips.Length(dimension));
            _features = prepared.Execution.Scratch.Rent<T>(strips.Length(_featureHeight));
        }

        _posteriors = prepared.Execution.Scratch.Rent<T>(strips.Length(_height));
        _logDensities = new double[chunkRows];
        _occupancies = new double[prepared.Components];
        _scratch = new double[dimension];
        _reach = new double[dimension];
        _liftedReach = new double[prepared.Products is null ? 0 : prepared.Layout.Features];
        _distances = new double[chunkRows];
        _common = new T[_omitsCommon ? 0 : chunkRows];
        _exact = new CenteredKernel<double>(prepared.Layout, prepared.Execution, chunkRows);
        _centered = _exact as CenteredKernel<T> ?? new CenteredKernel<T>(prepared.Layout, prepared.Execution, chunkRows);
    }

    /// <summary>The layout of the last chunk.</summary>
    public RowStrips Strips { get; private set; }

    /// <summary>The sum of the weights of the rows of the last chunk; the number of rows if they have no weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The weighted log-likelihood of the last chunk, in nats.</summary>
    public double LogLikelihood { get; private set; }

    /// <summary>The log-densities of the rows of the last chunk in nats, without weights, if they were requested.</summary>
    public ReadOnlySpan<double> LogDensities => _logDensities.AsSpan(0, Strips.Rows);

    /// <summary>The K posteriors per row of the last chunk, in strips, multiplied by the weight of the row.</summary>
    public StripMatrix<T> Posteriors => new(Strips, _posteriors.Span, _height);

    /// <summary>The F features per row of the last chunk, in strips; not valid if every component used the centered form.</summary>
    public ReadOnlyStripMatrix<T> Features => new(Strips, _features!.Span, _featureHeight);

    /// <summary>The sums of weighted posteriors of the K components over the last chunk.</summary>
    public ReadOnlySpan<double> Occupancies => _occupancies;

    /// <summary>The form used for each of the K components in the last chunk.</summary>
    public ReadOnlySpan<DensityForm> Forms => _forms;

    /// <summary>The number of components that used a centered form.</summary>
    public int CenteredCount { get; private set; }

    /// <summary>Computes posteriors and the log-likelihood.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="eachRow">Whether to also compute the log-densities of the rows.</param>
    public void Expect(in RowChunk chunk, bool eachRow)
    {
        int components = _forms.Length;
        Strips = _prepared.Operations.Strips(chunk.Count);
        CenteredCount = DecideForms(chunk);
        if (CenteredCount < components)
        {
            LiftedLayout layout = _prepared.Layout;
            ProductParameters<T> products = _prepared.Products!;
            StripMatrix<T> rows = new(Strips, _rows!.Span, layout.Dimension);
            StripMatrix<T> features = new(Strips, _features!.Span, _featureHeight);
            layout.Lift(chunk.Rows, _prepared.ExpansionPoint, rows, features);
            _prepared.Operations.MultiplyStrips(products.Theta, features, products.Bias, Posteriors);
            if (!_omitsCommon)
            {
                AddCommonTerm(chunk);
            }
        }

        AddCenteredDensities(_exact, _prepared.Exact, DensityForm.CenteredInDouble, chunk);
        AddCenteredDensities(_centered, _prepared.Centered, DensityForm.Centered, chunk);
        _occupancies.AsSpan().Clear();

        // If all weights are 1, the path without weights runs, so that no bit changes.
        bool isWeighted = chunk.Weights.IndexOfAnyExcept(1.0) >= 0;
        Span<double> logDensities = eachRow || isWeighted ? _logDensities : [];
        LogLikelihood = Interop.Kernels.Posteriors.FromLogJoint(Posteriors, components, logDensities, _occupancies);
        TotalWeight = chunk.Count;
        if (isWeighted)
        {
            ApplyWeights(chunk.Weights);
        }
    }

    /// <summary>Multiplies posteriors and log-densities by the weights of the rows, and sums them again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyWeights(ReadOnlySpan<double> weights)
    {
        LogLikelihood = 0;
        TotalWeight = TensorPrimitives.Sum(weights);
        for (int r = 0; r < weights.Length; r++)
        {
            // A row of weight 0 has no effect, even if its density under the model is zero.
            LogLikelihood += weights[r] == 0 ? 0 : weights[r] * _logDensities[r];
        }

        StripMatrix<T> posteriors = Posteriors;
        for (int k = 0; k < _occupancies.Length; k++)
        {
            double occupancy = 0;
            ReadOnlySpan<double> rest = weights;
            for (int s = 0; s < Strips.Count; s++)
            {
                Span<T> lanes = posteriors.Line(s, k);
                for (int i = 0; i < lanes.Length; i++)
                {
                    lanes[i] *= T.CreateTruncating(rest[i]);
                    occupancy += double.CreateTruncating(lanes[i]);
                }

                rest = rest[lanes.Length..];
            }

            _occupancies[k] = occupancy;
        }
    }

    private int DecideForms(in RowChunk chunk)
    {
        if (_knownForms is not null)
        {
            _knownForms.CopyTo(_forms, 0);
            return _forms.Length - _forms.AsSpan().Count(DensityForm.Products);
        }

        int dimension = _prepared.Layout.Dimension;
        _reach.AsSpan().Clear();
        for (int r = 0; r < chunk.Count; r++)
        {
            TensorPrimitives.Subtract(chunk.Rows.Slice(r * dimension, dimension), _prepared.ExpansionPoint, _scratch);
            TensorPrimitives.MaxMagnitude(_reach, _scratch, _reach);
        }

        TensorPrimitives.Abs(_reach, _reach);
        return _prepared.DecideForms(_reach, _liftedReach, _forms, _omitsCommon);
    }

    /// <summary>
    /// Subtracts half of the squared distance from the expansion point, in the metric of the shared covariance, from the log-densities that
    /// were computed from products.
    /// </summary>
    private void AddCommonTerm(in RowChunk chunk)
    {
        _centered.Prepare(_prepared.Centered, chunk);
        _centered.DistancesFrom(_prepared.CommonPoint, _prepared.Centered, 0, _distances);
        Span<T> common = _common.AsSpan(0, chunk.Count);
        TensorPrimitives.ConvertTruncating<double, T>(_distances.AsSpan(0, chunk.Count), common);
        TensorPrimitives.Multiply(common, T.CreateChecked(-0.5), common);
        StripMatrix<T> posteriors = Posteriors;
        for (int s = 0; s < Strips.Count; s++)
        {
            ReadOnlySpan<T> own = common[..Strips.RowsOf(s)];
            common = common[own.Length..];
            for (int k = 0; k < _forms.Length; k++)
            {
                if (_forms[k] == DensityForm.Products)
                {
                    Span<T> lanes = posteriors.Line(s, k);
                    TensorPrimitives.Add(lanes, own, lanes);
                }
            }
        }
    }

    /// <summary>Computes the log-densities of the components that use one of the centered forms.</summary>
    private void AddCenteredDensities<TForm>(
        CenteredKernel<TForm> form, CenteredParameters<TForm> factors, DensityForm which, in RowChunk chunk)
        where TForm : unmanaged, IBinaryFloatingPointIeee754<TForm>
    {
        if (!_forms.AsSpan().Contains(which))
        {
            return;
        }

        form.Prepare(factors, chunk);
        for (int k = 0; k < _forms.Length; k++)
        {
            if (_forms[k] != which)
            {
                continue;
            }

            form.Distances(factors, k, _distances);
            WriteLogJoint(k, _prepared.Factors.LogNormalizers[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteLogJoint(int component, double normalizer)
    {
        ReadOnlySpan<double> distances = _distances;
        StripMatrix<T> posteriors = Posteriors;
        for (int s = 0; s < posteriors.Strips.Count; s++)
        {
            Span<T> lanes = posteriors.Line(s, component);
            for (int i = 0; i < lanes.Length; i++)
            {
                // Rows are finite, so NaN is a difference of distances beyond the range of double.
                double distance = distances[i];
                lanes[i] = T.CreateTruncating(double.IsNaN(distance) ? double.NegativeInfinity : normalizer - (0.5 * distance));
            }

            distances = distances[lanes.Length..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ScratchPool scratch = _prepared.Execution.Scratch;
        if (_rows is not null && _features is not null)
        {
            scratch.Return(_rows);
            scratch.Return(_features);
        }

        scratch.Return(_posteriors);
        _exact.Dispose();
        if (!ReferenceEquals(_exact, _centered))
        {
            _centered.Dispose();
        }
    }
}
