using GmmNative.ML.Schema;
using Microsoft.ML;

namespace GmmNative.ML.Transformation;

/// <summary>The columns of a row or cursor to which the columns of a mixture are added.</summary>
internal sealed class MappedColumns
{
    private readonly GaussianMixtureRowMapper _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _active = new bool[Enum.GetValues<OutputKind>().Length];
    private readonly RowScores? _scores;

    /// <summary>Creates the columns.</summary>
    /// <param name="mapper">The mapper.</param>
    /// <param name="input">The input, with the features active if an added column is.</param>
    /// <param name="active">The active columns of the output.</param>
    public MappedColumns(GaussianMixtureRowMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active)
    {
        _mapper = mapper;
        _input = input;
        foreach (DataViewSchema.Column column in active.Where(mapper.IsAdded))
        {
            _active[(int)mapper.KindOf(column)] = true;
        }

        if (_active.Contains(true))
        {
            bool needsPosterior = _active[(int)OutputKind.Score] || _active[(int)OutputKind.Posterior];
            _scores = new RowScores(mapper.Scorer, input, mapper.Features, needsPosterior);
        }
    }

    /// <summary>Whether a column has values.</summary>
    public bool IsActive(DataViewSchema.Column column) =>
        _mapper.IsAdded(column) ? _active[(int)_mapper.KindOf(column)] : _input.IsColumnActive(_input.Schema[column.Index]);

    /// <summary>Returns the getter of a column.</summary>
    /// <exception cref="ArgumentException">The column is not active.</exception>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_mapper.IsAdded(column))
        {
            return _input.GetGetter<TValue>(_input.Schema[column.Index]);
        }

        if (_scores is null || !IsActive(column))
        {
            throw new ArgumentException($"Column '{column.Name}' is not active.", nameof(column));
        }

        return Getter(_scores, _mapper.KindOf(column)) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
    }

    private static Delegate Getter(RowScores scores, OutputKind kind) => kind switch
    {
        OutputKind.PredictedLabel => new ValueGetter<uint>(scores.Label),
        OutputKind.Score => new ValueGetter<Microsoft.ML.Data.VBuffer<float>>(scores.Distances),
        OutputKind.Posterior => new ValueGetter<Microsoft.ML.Data.VBuffer<float>>(scores.Posterior),
        _ => new ValueGetter<float>(scores.LogDensity),
    };
}
