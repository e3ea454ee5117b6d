using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>
/// What rounding may do to the log-density of a component: theta . phi is a sum whose terms are each rounded a few times, so its error is
/// eps times the sum of their magnitudes. The same sums bound the centred form, whose terms are smaller.
/// </summary>
internal sealed class RoundingBound
{
    /// <summary>Roundings of a term: lift, theta (inverse of a covariance of condition up to about 10), product, sum, bias.</summary>
    private const double Roundings = 16;

    private readonly double[] _shift;
    private readonly double[][,] _precisions;
    private readonly GaussianMixture _model;

    public RoundingBound(GaussianMixture model, double[] shift)
    {
        _model = model;
        _shift = shift;
        int dimension = model.Dimension;
        _precisions = new double[model.ComponentCount][,];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            int component = k;
            DenseMatrix inverse = DenseMatrix.From(dimension, dimension, (i, j) => model.CovarianceAt(component, i, j)).Cholesky()
                .InverseFromCholesky();
            _precisions[k] = new double[dimension, dimension];
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    _precisions[k][i, j] = Math.Abs(inverse[i, j].High);
                }
            }
        }
    }

    /// <summary>For one row and component, in units of the precision's epsilon.</summary>
    public double Of(int component, ReadOnlySpan<double> row)
    {
        double[,] precision = _precisions[component];
        ReadOnlySpan<double> mean = _model.Mean(component);
        double sum = 10 + (_model.Dimension * 3);
        for (int i = 0; i < row.Length; i++)
        {
            double x = Math.Abs(row[i] - _shift[i]);
            for (int j = 0; j < row.Length; j++)
            {
                double y = Math.Abs(row[j] - _shift[j]);
                double mu = Math.Abs(mean[j] - _shift[j]);
                sum += precision[i, j] * ((0.5 * x * y) + (x * mu) + (0.5 * Math.Abs(mean[i] - _shift[i]) * mu));
            }
        }

        return Roundings * sum;
    }

    /// <summary>The mean of a model: the shift of its scores.</summary>
    public static double[] MiddleOf(GaussianMixture model)
    {
        double[] middle = new double[model.Dimension];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            for (int d = 0; d < middle.Length; d++)
            {
                middle[d] += model.Weights.Span[k] * model.Mean(k)[d];
            }
        }

        return middle;
    }

    /// <summary>The mean of rows: the shift of training.</summary>
    public static double[] MiddleOf(ReadOnlySpan<double> rows, int dimension)
    {
        double[] middle = new double[dimension];
        for (int i = 0; i < rows.Length; i++)
        {
            middle[i % dimension] += rows[i] / (rows.Length / dimension);
        }

        return middle;
    }
}
