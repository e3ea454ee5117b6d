namespace GmmNative.Cli.Output;

/// <summary>Neumaier's compensated sum, so that the printed digits of a sum of millions of numbers are correct.</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum. A sum that is not finite is not compensated.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    /// <summary>Adds numbers, one after another. NaN, the result of a row that is left out, has no effect.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            Add(double.IsNaN(value) ? 0 : value);
        }
    }

    /// <summary>Adds numbers multiplied by weights. A number of weight 0 has no effect, even if it is not finite, nor has NaN.</summary>
    public void Add(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Add(weights[i] == 0 || double.IsNaN(values[i]) ? 0 : weights[i] * values[i]);
        }
    }

    /// <summary>Adds another sum.</summary>
    public void Add(in CompensatedSum other)
    {
        Add(other._sum);
        _lost += other._lost;
    }

    private void Add(double value)
    {
        double sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? (_sum - sum) + value : (value - sum) + _sum;
        _sum = sum;
    }
}
