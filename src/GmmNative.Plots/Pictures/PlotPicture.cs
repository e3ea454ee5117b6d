using System.Text;
using GmmNative.Plots.Drawing;
using SkiaSharp;

namespace GmmNative.Plots;

/// <summary>A picture, which can be saved as PNG or SVG.</summary>
/// <remarks>Not thread-safe. Release it with <see cref="Dispose"/>.</remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// using IVectorSource rows = VectorFile.Open("rows.npy");
/// using PlotPicture picture = MixturePlot.Scatter(model, rows);
/// picture.Save("rows.png");
/// byte[] png = picture.ToPng();
/// string svg = picture.ToSvg();
/// </code>
/// </example>
public sealed class PlotPicture : IDisposable
{
    private readonly Figure _figure;

    internal PlotPicture(Figure figure) => _figure = figure;

    /// <summary>The width in pixels.</summary>
    public int Width => _figure.Width;

    /// <summary>The height in pixels.</summary>
    public int Height => _figure.Height;

    /// <summary>The lines below the title, for example how many of the rows are drawn.</summary>
    public IReadOnlyList<string> Notes => _figure.Notes;

    /// <summary>The parts of the picture, for tests.</summary>
    internal Figure Figure => _figure;

    /// <summary>Checks that a picture can be saved to a file. Call it before the picture is made.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The extension is neither .png nor .svg.</exception>
    /// <exception cref="GmmException">The folder does not exist or cannot be written to.</exception>
    public static void CheckWritable(string path)
    {
        _ = IsSvg(path);
        AtomicFile.CheckWritable(path);
    }

    /// <summary>Writes the picture to a file, completely or not at all.</summary>
    /// <param name="path">The file. Its extension, .png or .svg, determines the format.</param>
    /// <exception cref="ArgumentException">The extension is neither .png nor .svg.</exception>
    /// <exception cref="GmmException">The file cannot be written.</exception>
    public void Save(string path)
    {
        byte[] content = IsSvg(path) ? Encoding.UTF8.GetBytes(ToSvg()) : ToPng();
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    /// <summary>Returns the picture as a PNG file.</summary>
    public byte[] ToPng()
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(Width, Height));
        _figure.Render(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>
    /// Returns the picture as an SVG file. Its text is text, in a font that the file contains, so that it can be searched.
    /// </summary>
    public string ToSvg()
    {
        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream))
        {
            _figure.Render(canvas);
        }

        return SvgDocument.Complete(Encoding.UTF8.GetString(stream.ToArray()), _figure.Title);
    }

    /// <inheritdoc/>
    public void Dispose() => _figure.Dispose();

    private static bool IsSvg(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => true,
            ".PNG" => false,
            _ => throw new ArgumentException($"{path}: a picture is written as .png or .svg.", nameof(path)),
        };
    }
}
