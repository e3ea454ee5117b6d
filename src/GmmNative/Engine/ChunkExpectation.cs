using System.Numerics;
using System.Numerics.Tensors;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>The E-step of one chunk at a time: log-densities of its rows and posteriors of the components. One thread's scratch.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class ChunkExpectation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExpectationPlan<T> _plan;
    private readonly bool[]? _knownForms;
    private readonly bool[] _forms;
    private readonly AlignedBuffer<T> _features;
    private readonly AlignedBuffer<T> _posteriors;
    private readonly AlignedBuffer<T> _bias;
    private readonly AlignedBuffer<T> _productBias;
    private readonly double[] _logDensities;
    private readonly double[] _scratch;
    private readonly double[] _reach;
    private readonly double[] _liftedReach;
    private readonly double[] _distances;
    private bool _allProducts;
    private int _rows;

    /// <summary>Makes the scratch for chunks of up to <paramref name="chunkRows"/> rows.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="knownForms">K decisions that hold for every chunk, where they are known beforehand.</param>
    /// <param name="chunkRows">Most rows of a chunk.</param>
    public ChunkExpectation(ExpectationPlan<T> plan, bool[]? knownForms, int chunkRows)
    {
        _plan = plan;
        _knownForms = knownForms;
        int components = plan.ProductBias.Length;
        int dimension = plan.Map.Dimension;
        Stride = Posteriors.PaddedWidth<T>(components);
        _forms = new bool[components];
        _features = new AlignedBuffer<T>(checked(chunkRows * plan.Map.Features));
        _posteriors = new AlignedBuffer<T>(checked(chunkRows * Stride));
        _bias = new AlignedBuffer<T>(Stride);
        _productBias = new AlignedBuffer<T>(Stride);
        _productBias.Span.Fill(T.NegativeInfinity);
        TensorPrimitives.ConvertTruncating<double, T>(plan.ProductBias, _productBias.Span);
        _logDensities = new double[chunkRows];
        _scratch = new double[dimension];
        _reach = new double[dimension];
        _liftedReach = new double[plan.Map.Features];
        _distances = new double[chunkRows];
        CentredForm = new CentredForm(plan.Map, plan.Execution.Backend.DoubleOperations, chunkRows);
    }

    /// <summary>Distances and moments from differences, with this thread's scratch.</summary>
    public CentredForm CentredForm { get; }

    /// <summary>Elements from one row of <see cref="PosteriorRows"/> to the next; those beyond K are 0.</summary>
    public int Stride { get; }

    /// <summary>Count log-densities of the chunk last expected, nats.</summary>
    public ReadOnlySpan<double> LogDensities => _logDensities.AsSpan(0, _rows);

    /// <summary>Count x K posteriors of the chunk last expected, rows <see cref="Stride"/> apart.</summary>
    public Span<T> PosteriorRows => _posteriors.Span[..(_rows * Stride)];

    /// <summary>Count x F lifted rows of the chunk last expected; not there where every component took the centred form.</summary>
    public ReadOnlySpan<T> Features => _features.Span[..(_rows * _plan.Map.Features)];

    /// <summary>K: whether a component's density of the chunk last expected took the centred form.</summary>
    public ReadOnlySpan<bool> CentredForms => _forms;

    /// <summary>Whether no component did.</summary>
    public bool AllProducts => _allProducts;

    /// <summary>Computes log-densities and posteriors.</summary>
    public void Expect(in RowChunk chunk)
    {
        _rows = chunk.Count;
        int components = _forms.Length;
        int centred = DecideForms(chunk);
        _allProducts = centred == 0;
        if (centred < components)
        {
            _plan.Map.Lift(chunk.Rows, _plan.Shift, _features.Span, _scratch);
            _plan.Operations.MultiplyTransposed(
                _rows, _features.Span, _plan.Map.Features, _plan.Theta, _posteriors.Span, Stride);
        }
        else
        {
            _posteriors.Span.Clear();
        }

        ReadOnlySpan<T> bias = _productBias.Span;
        if (centred > 0)
        {
            bias.CopyTo(_bias.Span);
            for (int k = 0; k < components; k++)
            {
                if (_forms[k])
                {
                    CentredDensities(k, chunk);
                }
            }

            bias = _bias.Span;
        }

        Posteriors.FromLogJoint(_rows, PosteriorRows, bias, _logDensities);
    }

    private int DecideForms(in RowChunk chunk)
    {
        if (_knownForms is not null)
        {
            _knownForms.CopyTo(_forms, 0);
            return _forms.AsSpan().Count(true);
        }

        int dimension = _plan.Map.Dimension;
        _reach.AsSpan().Clear();
        for (int r = 0; r < chunk.Count; r++)
        {
            TensorPrimitives.Subtract(chunk.Rows.Slice(r * dimension, dimension), _plan.Shift, _scratch);
            TensorPrimitives.MaxMagnitude(_reach, _scratch, _reach);
        }

        TensorPrimitives.Abs(_reach, _reach);
        return _plan.DecideForms(_reach, _liftedReach, _forms);
    }

    private void CentredDensities(int component, in RowChunk chunk)
    {
        CentredForm.Distances(_plan.Factors, component, chunk, _distances);
        Span<T> column = _posteriors.Span[component..];
        for (int r = 0; r < chunk.Count; r++)
        {
            // Rows are finite: NaN is a difference of distances beyond the range of double.
            column[r * Stride] = double.IsNaN(_distances[r]) ? T.NegativeInfinity : T.CreateTruncating(-0.5 * _distances[r]);
        }

        _bias.Span[component] = T.CreateTruncating(_plan.Factors.LogNormalizers[component]);
    }
}
