using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Points with triangular factors, prepared for the log joint densities of single rows, in the layout of <see cref="ComponentLanes"/>.
/// Immutable after all points have been set.
/// </summary>
/// <remarks>Reading is thread-safe. A call uses scratch memory of the calling thread, and allocates only on the first call.</remarks>
internal sealed unsafe class RowKernel
{
    private readonly int[][] _groups;
    private readonly bool _isDiagonal;
    private readonly int _dimension;
    private readonly int _blocks;
    private readonly int[] _orders;
    private readonly AlignedBuffer<double>[] _points;
    private readonly AlignedBuffer<double>[] _factors;
    private readonly AlignedBuffer<double> _normalizers;
    private readonly int _largestOrder;

    /// <summary>Allocates memory for K points.</summary>
    /// <param name="components">K.</param>
    /// <param name="groups">The groups of coordinates that have factors; groups of one coordinate if factors are diagonal.</param>
    public RowKernel(int components, int[][] groups)
    {
        _groups = groups;
        _dimension = groups.Sum(group => group.Length);
        _isDiagonal = groups.All(group => group.Length == 1);
        Components = components;
        _blocks = (components + ComponentLanes.Count - 1) / ComponentLanes.Count;
        _orders = _isDiagonal ? [_dimension] : [.. groups.Select(group => ComponentLanes.PaddedOrder(group.Length))];
        _largestOrder = _orders.Max();
        _points = [.. _orders.Select(order => new AlignedBuffer<double>(checked(_blocks * order * ComponentLanes.Count)))];
        _factors =
        [
            .. _orders.Select(order => new AlignedBuffer<double>(
                checked((int)(_blocks * (_isDiagonal ? order * ComponentLanes.Count : ComponentLanes.FactorLength(order)))))),
        ];
        _normalizers = new AlignedBuffer<double>(Lanes);
        _normalizers.Span.Fill(double.NegativeInfinity);
    }

    /// <summary>The number of components, K.</summary>
    public int Components { get; }

    /// <summary>K, rounded up to whole blocks: the number of results.</summary>
    public int Lanes => _blocks * ComponentLanes.Count;

    /// <summary>Sets the constant term of the log joint density of a component.</summary>
    public void SetNormalizer(int component, double value) => _normalizers.Span[component] = value;

    /// <summary>Sets the point and factor of a component in a group of coordinates.</summary>
    /// <param name="component">The component, from 0.</param>
    /// <param name="group">The group, from 0.</param>
    /// <param name="point">D numbers.</param>
    /// <param name="factor">L of the group of n coordinates, n x n, lower triangle.</param>
    public void Set(int component, int group, ReadOnlySpan<double> point, ReadOnlySpan<double> factor)
    {
        int block = component / ComponentLanes.Count;
        int lane = component % ComponentLanes.Count;
        int[] coordinates = _groups[group];
        if (_isDiagonal)
        {
            int place = (((block * _dimension) + coordinates[0]) * ComponentLanes.Count) + lane;
            _points[0].Span[place] = point[coordinates[0]];
            _factors[0].Span[place] = 1 / factor[0];
            return;
        }

        int order = _orders[group];
        Span<double> points = _points[group].Span.Slice(block * order * ComponentLanes.Count, order * ComponentLanes.Count);
        for (int i = 0; i < coordinates.Length; i++)
        {
            points[(i * ComponentLanes.Count) + lane] = point[coordinates[i]];
        }

        int length = (int)ComponentLanes.FactorLength(order);
        ComponentLanes.PackFactor(coordinates.Length, factor, lane, _factors[group].Span.Slice(block * length, length));
    }

    /// <summary>Computes the log joint densities of a row and all components.</summary>
    /// <param name="row">D finite numbers.</param>
    /// <param name="largest">Receives the largest log joint density.</param>
    /// <returns>
    /// <see cref="Lanes"/> numbers in scratch memory of this thread, valid until the next call; minus infinity in lanes without a
    /// component.
    /// </returns>
    public Span<double> LogJoint(ReadOnlySpan<double> row, out double largest)
    {
        int lanes = Lanes;
        Span<double> scratch = Scratch<double>.Take(Scratch<double>.Work, checked(lanes + (_largestOrder * (ComponentLanes.Count + 1))));
        fixed (double* px = row, pd = scratch, pn = _normalizers.Span)
        {
            if (_isDiagonal)
            {
                fixed (double* points = _points[0].Span, scales = _factors[0].Span)
                {
                    ComponentLanes.ScaledSquares(_dimension, _blocks, px, points, scales, pd);
                }
            }
            else
            {
                scratch[..lanes].Clear();
                for (int g = 0; g < _groups.Length; g++)
                {
                    double* z = pd + lanes;
                    double* gathered = z + (_largestOrder * ComponentLanes.Count);
                    Gather(px, _groups[g], gathered, _orders[g]);
                    fixed (double* points = _points[g].Span, factors = _factors[g].Span)
                    {
                        ComponentLanes.AddSolvedSquares(_orders[g], _blocks, gathered, points, factors, z, pd);
                    }
                }
            }

            largest = LanePosteriors.LogJoint(lanes, pn, pd);
        }

        return scratch[..lanes];
    }

    /// <summary>Replaces log joint densities by exp(l - largest), and returns their sum.</summary>
    public static double Exponentials(Span<double> logJoint, double largest)
    {
        fixed (double* p = logJoint)
        {
            return LanePosteriors.Exponentials(logJoint.Length, largest, p);
        }
    }

    private static void Gather(double* row, int[] coordinates, double* gathered, int order)
    {
        for (int i = 0; i < coordinates.Length; i++)
        {
            gathered[i] = row[coordinates[i]];
        }

        for (int i = coordinates.Length; i < order; i++)
        {
            gathered[i] = 0;
        }
    }
}
