using GmmNative.Expectation;
using GmmNative.Model;
using GmmNative.Passes;
using GmmNative.Passes.Missing;

namespace GmmNative.Statistics.Missing;

/// <summary>A frequent pattern of missing values, and the structure of its observed coordinates. Immutable.</summary>
internal sealed class PatternPlan
{
    private readonly int[] _products;

    /// <summary>Creates the plan of a pattern.</summary>
    /// <param name="structure">The structure of all coordinates.</param>
    /// <param name="pattern">The pattern, with at least one observed coordinate.</param>
    public PatternPlan(CovarianceStructure structure, MissingPattern pattern)
    {
        Pattern = pattern;
        Observed = pattern.Observed;

        // The moments of the components are needed one by one and coordinate by coordinate, so nothing is shared.
        Whole = structure.Unshared;
        Layout = new LiftedLayout(SelectedStructure.Of(Whole, Observed));
        int n = Observed.Length;
        _products = new int[checked(n * n)];
        for (int p = 0; p < Layout.SecondMoments; p++)
        {
            (int i, int j) = (Layout.TermLeft[p], Layout.TermRight[p]);
            _products[(i * n) + j] = _products[(j * n) + i] = p;
        }

        Places = [.. Enumerable.Repeat(-1, structure.Dimension)];
        for (int i = 0; i < n; i++)
        {
            Places[Observed[i]] = i;
        }
    }

    public MissingPattern Pattern { get; }

    /// <summary>The observed coordinates, ascending.</summary>
    public int[] Observed { get; }

    /// <summary>For each of the D coordinates, its place among the observed ones; -1 if it is missing.</summary>
    public int[] Places { get; }

    /// <summary>The structure of all coordinates in which nothing is shared.</summary>
    public CovarianceStructure Whole { get; }

    /// <summary>The layout of lifted rows of the observed coordinates.</summary>
    public LiftedLayout Layout { get; }

    /// <summary>Returns the position of the product of two observed coordinates of one group among the products of the layout.</summary>
    /// <param name="i">The place of the first coordinate among the observed ones.</param>
    /// <param name="j">The place of the second coordinate among the observed ones.</param>
    public int Product(int i, int j) => _products[(i * Observed.Length) + j];
}
