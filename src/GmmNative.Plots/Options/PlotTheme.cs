namespace GmmNative.Plots;

/// <summary>The background of a picture, for which the colors are chosen.</summary>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// MixturePlot.Scatter(model, options: new() { Theme = PlotTheme.Dark }).Save("dark.svg");
/// </code>
/// </example>
public enum PlotTheme
{
    /// <summary>Dark lines on white.</summary>
    Light,

    /// <summary>Light lines on a dark gray.</summary>
    Dark,
}
