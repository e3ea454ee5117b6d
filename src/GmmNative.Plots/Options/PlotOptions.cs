namespace GmmNative.Plots;

/// <summary>The options of a picture.</summary>
/// <example>
/// <code>
/// PlotOptions options = new() { Width = 1200, Height = 900, Title = "Old Faithful", Columns = [0, 1] };
/// GaussianMixture model = ModelFile.Load("model.npz");
/// using IVectorSource rows = VectorFile.Open("faithful.csv");
/// MixturePlot.Scatter(model, rows, options).Save("faithful.png");
/// </code>
/// </example>
public sealed record PlotOptions
{
    /// <summary>The minimum of <see cref="Width"/> and <see cref="Height"/>: 200 pixels.</summary>
    public const int MinimumSize = 200;

    /// <summary>The maximum of <see cref="Width"/> and <see cref="Height"/>: 10,000 pixels.</summary>
    public const int MaximumSize = 10_000;

    /// <summary>The width in pixels, from 200 to 10,000. The default is 960.</summary>
    public int Width { get; init; } = 960;

    /// <summary>The height in pixels, from 200 to 10,000. The default is 720.</summary>
    public int Height { get; init; } = 720;

    /// <summary>The title, or <see langword="null"/>, the default, for a title that describes the model or the data.</summary>
    public string? Title { get; init; }

    /// <summary>The background. The default is <see cref="PlotTheme.Light"/>.</summary>
    public PlotTheme Theme { get; init; }

    /// <summary>
    /// The columns to draw, from 0, or <see langword="null"/>, the default. In the plane, two columns; the default is both columns of data
    /// with two columns, else the first two principal coordinates. In histograms, up to 16 columns; the default is the first 9.
    /// </summary>
    public IReadOnlyList<int>? Columns { get; init; }

    /// <summary>
    /// The maximum number of rows to draw, at least 1. Of more rows, a random sample is drawn, and the picture says so. The default,
    /// <see langword="null"/>, is 5000 rows in the plane, and 100,000 in histograms.
    /// </summary>
    public int? MaximumRows { get; init; }

    /// <summary>The seed of the sample of rows. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public void Validate()
    {
        CheckSize(Width, nameof(Width));
        CheckSize(Height, nameof(Height));
        if (!Enum.IsDefined(Theme))
        {
            throw new ArgumentOutOfRangeException(nameof(Theme), Theme, "There is no such theme.");
        }

        if (MaximumRows < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MaximumRows), MaximumRows, "At least one row must be drawn.");
        }
    }

    private static void CheckSize(int value, string name)
    {
        if (value is < MinimumSize or > MaximumSize)
        {
            throw new ArgumentOutOfRangeException(name, value, $"A picture has {MinimumSize} to {MaximumSize} pixels per side.");
        }
    }
}
