namespace GmmNative.Cli.Plotting;

/// <summary>The pictures of a model.</summary>
internal enum ModelPictureKind
{
    /// <summary>Ellipses of one and two standard deviations, over the rows.</summary>
    Scatter,

    /// <summary>Curves of equal density, over the rows.</summary>
    Contours,

    /// <summary>The density of each column, over a histogram.</summary>
    Marginals,

    /// <summary>Rows in the colors of their components.</summary>
    Responsibilities,
}
