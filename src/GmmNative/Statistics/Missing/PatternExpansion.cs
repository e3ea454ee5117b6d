using System.Numerics;
using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;

namespace GmmNative.Statistics.Missing;

/// <summary>
/// Computes the moments of all coordinates from those of the observed coordinates of the rows of one pattern. The expected value of a
/// missing coordinate is a linear function of the observed ones, the same for all rows, so the moments are enough.
/// </summary>
/// <remarks>
/// With the regression B = S_uo S_oo^-1, the mean m of the model and the origin c: y_u - c_u = B (x_o - c_o) + h, with
/// h = m_u - c_u + B (c_o - m_o). With the sums N, s and Q of 1, x_o - c_o and its products, the moments with the missing coordinates are
/// B s + N h, B Q + h s', and B Q B' + B s h' + h s' B' + N (h h' + V).
/// </remarks>
internal static class PatternExpansion
{
    /// <summary>Adds the rows of a pattern to sums of all coordinates.</summary>
    /// <param name="model">The pattern.</param>
    /// <param name="sums">The sums of the observed coordinates of its rows.</param>
    /// <param name="parameters">The conditional distributions of the model.</param>
    /// <param name="total">Receives the moments, about the origins of the components.</param>
    /// <param name="threads">The maximum number of threads.</param>
    public static void Add<T>(
        PatternModel<T> model, SufficientStatistics sums, ConditionalParameters parameters, SufficientStatistics total, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        total.AddTotals(sums);
        OwnOriginMoments own = total.RequireOwnOrigin();
        PatternRuns runs = new(parameters.Groups);
        double[] row = new double[total.Layout.Dimension];
        foreach (int missing in model.Plan.Pattern.Missing)
        {
            row[missing] = double.NaN;
        }

        runs.Add(row, 1);
        long operationsEach = parameters.Groups.Sum(group => (long)group.Length * group.Length * group.Length);
        ComponentLoop.Run(
            total.Components, operationsEach, threads, () => new Expansion(model.Plan, parameters, runs),
            (k, expansion) => expansion.Add(k, sums, total.Origins, own));
    }

    private sealed class Expansion(PatternPlan plan, ConditionalParameters parameters, PatternRuns runs)
    {
        private readonly ConditionalKernel _kernel = new(parameters);
        private readonly ComponentMoments _moments = new(plan.Layout);
        private readonly double[] _offset = new double[plan.Observed.Length];

        public void Add(int component, SufficientStatistics sums, MomentOrigins origins, OwnOriginMoments total)
        {
            sums.Component(component, _moments);
            double occupancy = _moments.Occupancy;
            if (occupancy == 0)
            {
                return;
            }

            ReadOnlySpan<double> origin = origins.Origin(component);
            Translate(origin);
            total.Weights[component] += occupancy;
            _kernel.Load(component, runs, 0);
            for (int g = 0; g < parameters.Groups.Length; g++)
            {
                AddGroup(component, g, origin, total);
            }
        }

        /// <summary>Moves the moments to the origin of all coordinates.</summary>
        private void Translate(ReadOnlySpan<double> origin)
        {
            double[] first = _moments.First;
            for (int i = 0; i < _offset.Length; i++)
            {
                _offset[i] = _moments.Origin[i] - origin[plan.Observed[i]];
            }

            for (int p = 0; p < _moments.Second.Length; p++)
            {
                int i = plan.Layout.TermLeft[p];
                int j = plan.Layout.TermRight[p];
                _moments.Second[p] += (first[i] * _offset[j]) + (_offset[i] * first[j]) + (_moments.Occupancy * _offset[i] * _offset[j]);
            }

            for (int i = 0; i < _offset.Length; i++)
            {
                first[i] += _moments.Occupancy * _offset[i];
            }
        }

        private void AddGroup(int component, int group, ReadOnlySpan<double> origin, OwnOriginMoments total)
        {
            int[] coordinates = parameters.Groups[group];
            int n = coordinates.Length;
            ReadOnlySpan<int> observed = runs.Observed(0, group);
            Span<double> square = total.Square(component, group);
            Span<double> first = total.First(component);
            double[] sum = new double[observed.Length];
            double[] products = new double[observed.Length * observed.Length];
            for (int i = 0; i < observed.Length; i++)
            {
                int place = plan.Places[coordinates[observed[i]]];
                sum[i] = _moments.First[place];
                first[coordinates[observed[i]]] += sum[i];
                for (int j = 0; j < observed.Length; j++)
                {
                    products[(i * observed.Length) + j] =
                        _moments.Second[plan.Product(place, plan.Places[coordinates[observed[j]]])];
                    if (j <= i)
                    {
                        square[(observed[i] * n) + observed[j]] += products[(i * observed.Length) + j];
                    }
                }
            }

            if (observed.Length < n)
            {
                AddMissing(component, group, origin, sum, products, total);
            }
        }

        private void AddMissing(
            int component, int group, ReadOnlySpan<double> origin, double[] sum, double[] products, OwnOriginMoments total)
        {
            int[] coordinates = parameters.Groups[group];
            int n = coordinates.Length;
            ReadOnlySpan<int> observed = runs.Observed(0, group);
            ReadOnlySpan<int> missing = runs.Missing(0, group);
            int o = observed.Length;
            int u = missing.Length;
            double[] slope = Slope(group, n, observed, u);
            double[] covariance = new double[u * u];
            _kernel.Covariance(group, covariance);
            ReadOnlySpan<double> mean = parameters.Factors.Model.Mean(component);
            Span<double> square = total.Square(component, group);
            Span<double> first = total.First(component);
            double occupancy = _moments.Occupancy;
            double[] shift = new double[u];
            double[] moved = new double[u];
            double[] crossed = new double[u * o];
            for (int i = 0; i < u; i++)
            {
                int own = coordinates[missing[i]];
                ReadOnlySpan<double> row = slope.AsSpan(i * o, o);
                shift[i] = mean[own] - origin[own];
                for (int j = 0; j < o; j++)
                {
                    int other = coordinates[observed[j]];
                    shift[i] += row[j] * (origin[other] - mean[other]);
                    crossed[(i * o) + j] = TensorPrimitives.Dot(row, products.AsSpan(j * o, o));
                }

                moved[i] = TensorPrimitives.Dot<double>(row, sum);
                first[own] += moved[i] + (occupancy * shift[i]);
                for (int j = 0; j < o; j++)
                {
                    AddTo(square, n, missing[i], observed[j], crossed[(i * o) + j] + (shift[i] * sum[j]));
                }

                for (int j = 0; j <= i; j++)
                {
                    double explained = TensorPrimitives.Dot<double>(crossed.AsSpan(i * o, o), slope.AsSpan(j * o, o));
                    AddTo(
                        square, n, missing[i], missing[j],
                        explained + (moved[i] * shift[j]) + (shift[i] * moved[j])
                        + (occupancy * ((shift[i] * shift[j]) + covariance[(i * u) + j])));
                }
            }
        }

        /// <summary>Returns B of a group: u x o.</summary>
        private double[] Slope(int group, int n, ReadOnlySpan<int> observed, int missing)
        {
            double[] slope = new double[missing * observed.Length];
            double[] unit = new double[n];
            double[] response = new double[missing];
            for (int j = 0; j < observed.Length; j++)
            {
                unit[observed[j]] = 1;
                _kernel.Respond(group, unit, response);
                unit[observed[j]] = 0;
                for (int i = 0; i < missing; i++)
                {
                    slope[(i * observed.Length) + j] = response[i];
                }
            }

            return slope;
        }

        private static void AddTo(Span<double> square, int n, int i, int j, double value) =>
            square[i >= j ? (i * n) + j : (j * n) + i] += value;
    }
}
