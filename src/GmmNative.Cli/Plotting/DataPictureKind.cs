namespace GmmNative.Cli.Plotting;

/// <summary>The pictures of rows without a model.</summary>
internal enum DataPictureKind
{
    /// <summary>Rows in the plane.</summary>
    Scatter,

    /// <summary>A histogram of each column.</summary>
    Histograms,
}
