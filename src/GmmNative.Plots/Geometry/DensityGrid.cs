namespace GmmNative.Plots.Geometry;

/// <summary>The density of a mixture at the nodes of a grid over a view, and the curves of equal density.</summary>
internal sealed class DensityGrid
{
    private readonly PlaneView _view;
    private readonly int _cells;
    private readonly double[,] _values;

    /// <summary>Evaluates the density.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="view">The part of the plane.</param>
    /// <param name="cells">The number of cells along each axis.</param>
    public DensityGrid(PlaneMixture mixture, PlaneView view, int cells)
    {
        _view = view;
        _cells = cells;
        _values = new double[cells + 1, cells + 1];
        Parallel.For(0, cells + 1, i =>
        {
            for (int j = 0; j <= cells; j++)
            {
                _values[i, j] = mixture.Density(Node(i, j));
            }
        });
    }

    /// <summary>
    /// Traces the curves where the density equals a level, by marching squares with linear interpolation. A curve that does not leave the
    /// view ends where it starts.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<PlanePoint>> Contours(double level)
    {
        // Each edge of the grid is crossed at most once, and joins at most two segments.
        Dictionary<Edge, List<Edge>> next = [];
        for (int i = 0; i < _cells; i++)
        {
            for (int j = 0; j < _cells; j++)
            {
                AddSegments(next, i, j, level);
            }
        }

        List<IReadOnlyList<PlanePoint>> curves = [];
        foreach (Edge end in next.Where(pair => pair.Value.Count == 1).Select(pair => pair.Key).ToArray())
        {
            Add(curves, Follow(next, end), level);
        }

        while (next.Count > 0)
        {
            Add(curves, Follow(next, next.Keys.First()), level);
        }

        return curves;
    }

    private static List<Edge> Follow(Dictionary<Edge, List<Edge>> next, Edge start)
    {
        List<Edge> curve = [];
        Edge? current = next.ContainsKey(start) ? start : null;
        while (current is { } edge)
        {
            curve.Add(edge);
            next.Remove(edge, out List<Edge>? neighbors);
            current = null;
            foreach (Edge neighbor in neighbors!)
            {
                if (next.ContainsKey(neighbor))
                {
                    current = neighbor;
                    break;
                }
            }

            // A closed curve returns to its start, which is no longer in the table.
            if (current is null && curve.Count > 2 && neighbors.Contains(start))
            {
                curve.Add(start);
            }
        }

        return curve;
    }

    private void Add(List<IReadOnlyList<PlanePoint>> curves, List<Edge> curve, double level)
    {
        if (curve.Count > 1)
        {
            curves.Add([.. curve.Select(edge => Crossing(edge, level))]);
        }
    }

    private void AddSegments(Dictionary<Edge, List<Edge>> next, int i, int j, double level)
    {
        Edge bottom = new(i, j, false);
        Edge top = new(i, j + 1, false);
        Edge left = new(i, j, true);
        Edge right = new(i + 1, j, true);
        Edge[] crossed = [.. ((Edge[])[bottom, right, top, left]).Where(edge => IsCrossed(edge, level))];
        if (crossed.Length == 2)
        {
            Join(next, crossed[0], crossed[1]);
        }
        else if (crossed.Length == 4)
        {
            // A saddle: the mean of the corners decides which corners are connected.
            double center = (_values[i, j] + _values[i + 1, j] + _values[i, j + 1] + _values[i + 1, j + 1]) / 4;
            bool isJoined = (center >= level) == (_values[i, j] >= level);
            Join(next, bottom, isJoined ? right : left);
            Join(next, top, isJoined ? left : right);
        }
    }

    private static void Join(Dictionary<Edge, List<Edge>> next, Edge first, Edge second)
    {
        AddOne(next, first, second);
        AddOne(next, second, first);

        static void AddOne(Dictionary<Edge, List<Edge>> next, Edge from, Edge to)
        {
            if (!next.TryGetValue(from, out List<Edge>? list))
            {
                next[from] = list = [];
            }

            list.Add(to);
        }
    }

    private bool IsCrossed(Edge edge, double level)
    {
        (double first, double second) = Ends(edge);
        return (first >= level) != (second >= level);
    }

    private (double First, double Second) Ends(Edge edge) =>
        (_values[edge.I, edge.J], edge.IsVertical ? _values[edge.I, edge.J + 1] : _values[edge.I + 1, edge.J]);

    private PlanePoint Crossing(Edge edge, double level)
    {
        (double first, double second) = Ends(edge);
        double share = (level - first) / (second - first);
        return edge.IsVertical ? Node(edge.I, edge.J + share) : Node(edge.I + share, edge.J);
    }

    private PlanePoint Node(double i, double j) =>
        new(_view.X.Minimum + (_view.X.Length * i / _cells), _view.Y.Minimum + (_view.Y.Length * j / _cells));

    /// <summary>An edge of the grid from the node (I, J) to the next node along the second axis, or else along the first.</summary>
    private readonly record struct Edge(int I, int J, bool IsVertical);
}
