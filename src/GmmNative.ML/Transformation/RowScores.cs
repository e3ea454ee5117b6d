using System.Numerics;
using System.Numerics.Tensors;
using GmmNative.ML.Rows;
using GmmNative.ML.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Transformation;

/// <summary>The values of the added columns for the current row of an input, computed when they are first asked for.</summary>
internal sealed class RowScores
{
    private const long NoRow = long.MinValue;

    private readonly MixtureScorer _scorer;
    private readonly DataViewRow _input;
    private readonly FeatureColumn _column;
    private readonly Action _readFeatures;
    private readonly double[] _features;
    private readonly double[] _logPosterior;
    private readonly bool _needsPosterior;
    private long _featuresOf = NoRow;
    private long _posteriorOf = NoRow;
    private double _logDensity;

    /// <summary>Creates the values of an input.</summary>
    /// <param name="scorer">The prepared model.</param>
    /// <param name="input">A row or cursor in which the column is active.</param>
    /// <param name="column">The column of features.</param>
    /// <param name="needsPosterior">Whether a column of K values is active. Then one computation gives all columns.</param>
    public RowScores(MixtureScorer scorer, DataViewRow input, FeatureColumn column, bool needsPosterior)
    {
        _scorer = scorer;
        _input = input;
        _column = column;
        _needsPosterior = needsPosterior;
        _features = new double[column.Dimension];
        _logPosterior = new double[scorer.Model.ComponentCount];
        _readFeatures = column.IsDouble ? Reader<double>() : Reader<float>();
    }

    /// <summary>The most probable component as a key: 1 for component 0.</summary>
    public void Label(ref uint value) => value = (uint)Compute(this, static scores => scores.FindLabel()) + 1;

    /// <summary>The log-density in nats.</summary>
    public void LogDensity(ref float value) => value = (float)Compute(this, static scores => scores.FindLogDensity());

    /// <summary>The distances to the components: -log(w_k N(x; mu_k, Sigma_k)).</summary>
    public void Distances(ref VBuffer<float> value)
    {
        ComputePosterior();
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, _logPosterior.Length);
        for (int k = 0; k < _logPosterior.Length; k++)
        {
            editor.Values[k] = (float)-(_logPosterior[k] + _logDensity);
        }

        value = editor.Commit();
    }

    /// <summary>The posterior probabilities of the components.</summary>
    public void Posterior(ref VBuffer<float> value)
    {
        ComputePosterior();
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, _logPosterior.Length);
        TensorPrimitives.ConvertTruncating<double, float>(_logPosterior, editor.Values);
        TensorPrimitives.Exp(editor.Values, editor.Values);
        value = editor.Commit();
    }

    private int FindLabel()
    {
        if (!_needsPosterior)
        {
            return _scorer.Label(_features);
        }

        ComputePosterior();

        // Rounding may make two different densities equal here. Then the scorer, which compares the densities themselves, decides.
        double largest = TensorPrimitives.Max<double>(_logPosterior);
        int label = Array.IndexOf(_logPosterior, largest);
        return Array.LastIndexOf(_logPosterior, largest) == label ? label : _scorer.Label(_features);
    }

    private double FindLogDensity()
    {
        if (!_needsPosterior)
        {
            return _scorer.LogDensity(_features);
        }

        ComputePosterior();
        return _logDensity;
    }

    private void ComputePosterior()
    {
        if (_posteriorOf != _input.Position)
        {
            _logDensity = Compute(this, static scores => scores._scorer.LogPosterior(scores._features, scores._logPosterior));
            _posteriorOf = _input.Position;
        }
    }

    private static TResult Compute<TResult>(RowScores scores, Func<RowScores, TResult> compute)
    {
        long position = scores._input.Position;
        if (scores._featuresOf != position)
        {
            scores._readFeatures();
            scores._featuresOf = position;
        }

        try
        {
            return compute(scores);
        }
        catch (VectorDataException e)
        {
            throw new VectorDataException($"{scores._column.DescribeRow(position)}: {e.Message}", e);
        }
    }

    private Action Reader<T>()
        where T : unmanaged, INumberBase<T>
    {
        ValueGetter<VBuffer<T>> get = _input.GetGetter<VBuffer<T>>(_input.Schema[_column.Index]);
        VBuffer<T> vector = default;
        return () =>
        {
            get(ref vector);
            RowValues.Copy<T, double>(vector, _features, _input.Position);
        };
    }
}
