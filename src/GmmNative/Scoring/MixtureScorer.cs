using System.Numerics.Tensors;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Scoring;

namespace GmmNative;

/// <summary>A mixture that is prepared for scoring one row or a few rows at a time, as servers do.</summary>
/// <remarks>
/// Create a scorer once (<see cref="GaussianMixtureScoring.CreateScorer"/>) and keep it, because creating it factors every covariance.
/// Thread-safe: any number of threads may use one scorer at the same time, without locks. Methods for one row do not allocate after the
/// first call of a thread. They compute in double precision regardless of the options, and give the same bits for the same row on the
/// same processor. Log-densities are natural logarithms (nats).
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// MixtureScorer scorer = model.CreateScorer();
/// double logDensity = scorer.LogDensity([1.5, 2.5]);
/// int label = scorer.Label([1.5, 2.5]);
/// </code>
/// </example>
public sealed class MixtureScorer
{
    private readonly Lazy<RowKernel> _kernel;
    private readonly ISpanScoring _many;

    internal MixtureScorer(GaussianMixture model, ExecutionPlan execution)
    {
        Model = model;
        _many = execution.Precision == Precision.Double
            ? new SpanScoring<double>(model, execution)
            : new SpanScoring<float>(model, execution);

        // Created when it is first needed: code that scores only many rows at a time never uses it.
        _kernel = new Lazy<RowKernel>(() => CreateKernel(_many.Factors));
    }

    /// <summary>The mixture.</summary>
    public GaussianMixture Model { get; }

    /// <summary>Computes the log-density of a row: the log of the sum over components of w_k N(x; mu_k, Sigma_k).</summary>
    /// <param name="row">D numbers.</param>
    /// <returns>The log-density in nats; minus infinity if the density is below the range of double.</returns>
    /// <exception cref="VectorDataException">The row does not have D numbers, or a number is not finite.</exception>
    public double LogDensity(ReadOnlySpan<double> row)
    {
        Check(row);
        Span<double> l = _kernel.Value.LogJoint(row, out double largest);
        return double.IsNegativeInfinity(largest) ? largest : largest + Math.Log(RowKernel.Exponentials(l, largest));
    }

    /// <inheritdoc cref="LogDensity(ReadOnlySpan{double})"/>
    public double LogDensity(ReadOnlySpan<float> row) => LogDensity(Widen(row));

    /// <summary>Computes the posterior probability of each component for a row.</summary>
    /// <param name="row">D numbers.</param>
    /// <param name="posterior">Receives K numbers that sum to 1. All are equal if every density is below the range of double.</param>
    /// <returns>The log-density of the row, in nats.</returns>
    /// <exception cref="ArgumentException"><paramref name="posterior"/> has fewer than K elements.</exception>
    /// <exception cref="VectorDataException">The row does not have D numbers, or a number is not finite.</exception>
    public double Posterior(ReadOnlySpan<double> row, Span<double> posterior)
    {
        Check(row);
        int components = Model.ComponentCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(posterior.Length, components, nameof(posterior));
        Span<double> l = _kernel.Value.LogJoint(row, out double largest);
        if (double.IsNegativeInfinity(largest))
        {
            posterior[..components].Fill(1.0 / components);
            return largest;
        }

        double sum = RowKernel.Exponentials(l, largest);
        TensorPrimitives.Divide(l[..components], sum, posterior);
        return largest + Math.Log(sum);
    }

    /// <inheritdoc cref="Posterior(ReadOnlySpan{double}, Span{double})"/>
    public double Posterior(ReadOnlySpan<float> row, Span<double> posterior) => Posterior(Widen(row), posterior);

    /// <summary>
    /// Computes the logarithm of the posterior probability of each component for a row, also where the probability is below the range of
    /// double.
    /// </summary>
    /// <param name="row">D numbers.</param>
    /// <param name="logPosterior">
    /// Receives K numbers, in nats; minus infinity for components of weight 0. All are equal if every log-density is below the range of
    /// double.
    /// </param>
    /// <returns>The log-density of the row, in nats.</returns>
    /// <exception cref="ArgumentException"><paramref name="logPosterior"/> has fewer than K elements.</exception>
    /// <exception cref="VectorDataException">The row does not have D numbers, or a number is not finite.</exception>
    public double LogPosterior(ReadOnlySpan<double> row, Span<double> logPosterior)
    {
        Check(row);
        int components = Model.ComponentCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(logPosterior.Length, components, nameof(logPosterior));
        Span<double> l = _kernel.Value.LogJoint(row, out double largest);
        if (double.IsNegativeInfinity(largest))
        {
            logPosterior[..components].Fill(-Math.Log(components));
            return largest;
        }

        // The largest is subtracted first: far from all components it is much larger than the logarithm of the sum.
        TensorPrimitives.Subtract(l[..components], largest, logPosterior);
        double logSum = Math.Log(RowKernel.Exponentials(l, largest));
        TensorPrimitives.Subtract(logPosterior[..components], logSum, logPosterior);
        return largest + logSum;
    }

    /// <inheritdoc cref="LogPosterior(ReadOnlySpan{double}, Span{double})"/>
    public double LogPosterior(ReadOnlySpan<float> row, Span<double> logPosterior) => LogPosterior(Widen(row), logPosterior);

    /// <summary>Determines the most probable component of a row; the first of several equally probable components.</summary>
    /// <param name="row">D numbers.</param>
    /// <returns>The component, from 0.</returns>
    /// <exception cref="VectorDataException">The row does not have D numbers, or a number is not finite.</exception>
    public int Label(ReadOnlySpan<double> row)
    {
        Check(row);
        Span<double> l = _kernel.Value.LogJoint(row, out double largest);
        return l.IndexOf(largest);
    }

    /// <inheritdoc cref="Label(ReadOnlySpan{double})"/>
    public int Label(ReadOnlySpan<float> row) => Label(Widen(row));

    /// <summary>Computes the log-density of each of several rows, on the calling thread.</summary>
    /// <remarks>
    /// Each row gets the same bits as in a data set. Rows are computed in groups of up to 32. For fewer than about ten rows, one call of
    /// <see cref="LogDensity(ReadOnlySpan{double})"/> per row is faster. For data sets use <see cref="GaussianMixtureScoring"/>, which
    /// computes on all threads.
    /// </remarks>
    /// <param name="rows">T x D, row-major.</param>
    /// <param name="logDensities">Receives T log-densities, in nats.</param>
    /// <exception cref="ArgumentException"><paramref name="logDensities"/> has fewer than T elements.</exception>
    /// <exception cref="VectorDataException">The last row is incomplete, or a value is not finite.</exception>
    public void LogDensities(ReadOnlySpan<double> rows, Span<double> logDensities)
    {
        int count = Count(rows.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(logDensities.Length, count, nameof(logDensities));
        _many.Run(rows, logDensities, [], []);
    }

    /// <inheritdoc cref="LogDensities(ReadOnlySpan{double}, Span{double})"/>
    public void LogDensities(ReadOnlySpan<float> rows, Span<double> logDensities)
    {
        int count = Count(rows.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(logDensities.Length, count, nameof(logDensities));
        _many.Run(rows, logDensities, [], []);
    }

    /// <summary>Computes the posterior probabilities of all components for each of several rows, on the calling thread.</summary>
    /// <param name="rows">T x D, row-major.</param>
    /// <param name="posteriors">Receives T x K numbers, row-major. Each row sums to 1.</param>
    /// <exception cref="ArgumentException"><paramref name="posteriors"/> has fewer than T x K elements.</exception>
    /// <exception cref="VectorDataException">The last row is incomplete, or a value is not finite.</exception>
    public void Posteriors(ReadOnlySpan<double> rows, Span<double> posteriors)
    {
        int length = checked(Count(rows.Length) * Model.ComponentCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(posteriors.Length, length, nameof(posteriors));
        _many.Run(rows, [], posteriors, []);
    }

    /// <inheritdoc cref="Posteriors(ReadOnlySpan{double}, Span{double})"/>
    public void Posteriors(ReadOnlySpan<float> rows, Span<double> posteriors)
    {
        int length = checked(Count(rows.Length) * Model.ComponentCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(posteriors.Length, length, nameof(posteriors));
        _many.Run(rows, [], posteriors, []);
    }

    /// <summary>
    /// Determines the most probable component of each of several rows, the first if several are equally probable, on the calling thread.
    /// </summary>
    /// <param name="rows">T x D, row-major.</param>
    /// <param name="labels">Receives T labels, from 0.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> has fewer than T elements.</exception>
    /// <exception cref="VectorDataException">The last row is incomplete, or a value is not finite.</exception>
    public void Labels(ReadOnlySpan<double> rows, Span<int> labels)
    {
        int count = Count(rows.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Length, count, nameof(labels));
        _many.Run(rows, [], [], labels);
    }

    /// <inheritdoc cref="Labels(ReadOnlySpan{double}, Span{int})"/>
    public void Labels(ReadOnlySpan<float> rows, Span<int> labels)
    {
        int count = Count(rows.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Length, count, nameof(labels));
        _many.Run(rows, [], [], labels);
    }

    private static RowKernel CreateKernel(MixtureFactors factors)
    {
        GaussianMixture model = factors.Model;
        int[][] groups = model.Structure.GroupArrays;
        RowKernel kernel = new(model.ComponentCount, groups);
        for (int k = 0; k < model.ComponentCount; k++)
        {
            kernel.SetNormalizer(k, factors.LogNormalizers[k]);
            for (int g = 0; g < groups.Length; g++)
            {
                kernel.Set(k, g, model.Mean(k), factors.Factor(k, g));
            }
        }

        return kernel;
    }

    private static Span<double> Widen(ReadOnlySpan<float> row)
    {
        Span<double> wide = Scratch<double>.Take(Scratch<double>.Row, row.Length)[..row.Length];
        TensorPrimitives.ConvertTruncating(row, wide);
        return wide;
    }

    private void Check(ReadOnlySpan<double> row)
    {
        if (row.Length != Model.Dimension)
        {
            throw new VectorDataException($"The row has {row.Length} numbers, but the model has dimension {Model.Dimension}.");
        }

        int index = FiniteCheck.IndexOfNonFinite(row);
        if (index >= 0)
        {
            throw FiniteCheck.NotFinite($"Column {index + 1} of the row", row[index]);
        }
    }

    private int Count(int length)
    {
        (int count, int rest) = Math.DivRem(length, Model.Dimension);
        return rest == 0
            ? count
            : throw new VectorDataException($"{length} numbers are not a whole number of rows of dimension {Model.Dimension}.");
    }
}
