using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace GmmNative.Plots.Drawing;

/// <summary>
/// The font of all labels, which is embedded in the assembly, so that labels are legible where no font is installed. It has Latin, Greek
/// and Cyrillic letters. Labels with other letters use an installed font.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    /// <summary>The name by which ScottPlot finds the font.</summary>
    public const string Name = "GmmNative DejaVu Sans";

    /// <summary>The name of the font family in files.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> Loaded = new(Load);

    private EmbeddedFont()
    {
    }

    /// <summary>The font.</summary>
    public static SKTypeface Typeface => Loaded.Value;

    /// <summary>Returns the font that has all letters of a text: the embedded one, or else an installed one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The name of the font for ScottPlot.</returns>
    public static string NameFor(string text) =>
        Typeface.ContainsGlyphs(text) ? Name : ScottPlot.Fonts.Detect(text);

    /// <summary>Returns the font in the compressed form of web pages.</summary>
    public static byte[] WebFont() => Resource("DejaVuSans-subset.woff2");

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? Typeface : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static SKTypeface Load()
    {
        SKTypeface typeface = SKTypeface.FromData(SKData.CreateCopy(Resource("DejaVuSans-subset.ttf")));
        ScottPlot.Fonts.FontResolvers.Add(new EmbeddedFont());
        return typeface;
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
