using System.Numerics.Tensors;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>
/// Regression of the last coordinates on the first under each row's most likely component (SPTK's vc, the reference's transform).
/// </summary>
internal static class MixtureRegression
{
    private const int RowsAtATime = 1024;

    public static TransformResult Transform(
        GaussianMixture model, IVectorSource rows, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        int given = rows.Dimension;
        if (given > model.Dimension)
        {
            throw new VectorDataException(
                $"The vectors have dimension {given}, but the model has {model.Dimension}: give at most that many coordinates.");
        }

        int count = VectorSourceCount.Rows(rows, cancellationToken);
        int[] labels = new int[count];
        double[] logDensities = new double[count];
        GaussianMixture marginal = model.Marginal(given);
        ScoringPass.Score(marginal, rows, new LabelSink(model.ComponentCount, labels, logDensities), count, execution, cancellationToken);
        double[,]? converted = given == model.Dimension ? null : Convert(model, marginal, rows, labels, execution, cancellationToken);
        return new TransformResult(converted, labels, logDensities);
    }

    private static double[,] Convert(
        GaussianMixture model, GaussianMixture marginal, IVectorSource rows, int[] labels, ExecutionPlan execution,
        CancellationToken cancellationToken)
    {
        int given = marginal.Dimension;
        int wanted = model.Dimension - given;
        double[][] slopes = new double[model.ComponentCount][];
        double[,] result = new double[labels.Length, wanted];
        double[] buffer = new double[checked(RowsAtATime * given)];
        double[] difference = new double[given];
        using IVectorReader reader = rows.OpenReader();
        int row = 0;
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int r = 0; r < read; r++, row++)
            {
                int label = labels[row];
                double[] slope = slopes[label] ??= Slope(model, marginal, label, execution.Backend.DoubleOperations);
                TensorPrimitives.Subtract(buffer.AsSpan(r * given, given), marginal.Mean(label), difference);
                for (int i = 0; i < wanted; i++)
                {
                    result[row, i] = model.Mean(label)[given + i]
                        + TensorPrimitives.Dot<double>(slope.AsSpan(i * given, given), difference);
                }
            }
        }

        return result;
    }

    /// <summary>Sigma_yx Sigma_xx^-1 of a component, from two triangular solves with the factor of Sigma_xx.</summary>
    private static double[] Slope(GaussianMixture model, GaussianMixture marginal, int component, IDenseOperations<double> operations)
    {
        int given = marginal.Dimension;
        int wanted = model.Dimension - given;
        double[] factor = new double[given * given];
        for (int i = 0; i < given; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                factor[(i * given) + j] = marginal.CovarianceAt(component, i, j);
            }
        }

        if (operations.Cholesky(given, factor, given) != 0)
        {
            throw new InvalidMixtureException($"The covariance of component {component} is not positive definite.");
        }

        double[] slope = new double[wanted * given];
        for (int i = 0; i < wanted; i++)
        {
            for (int j = 0; j < given; j++)
            {
                slope[(i * given) + j] = model.CovarianceAt(component, given + i, j);
            }
        }

        for (int i = 0; i < wanted; i++)
        {
            Span<double> row = slope.AsSpan(i * given, given);
            Solve(given, factor, row);
            SolveTransposed(given, factor, row);
        }

        return slope;
    }

    /// <summary>Solves L y = x in place by forward substitution.</summary>
    private static void Solve(int n, double[] factor, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            x[i] = (x[i] - TensorPrimitives.Dot<double>(factor.AsSpan(i * n, i), x[..i])) / factor[(i * n) + i];
        }
    }

    /// <summary>Solves L' z = y in place by back substitution.</summary>
    private static void SolveTransposed(int n, double[] factor, Span<double> y)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            y[i] /= factor[(i * n) + i];
            TensorPrimitives.MultiplyAdd(factor.AsSpan(i * n, i), -y[i], y[..i], y[..i]);
        }
    }
}
