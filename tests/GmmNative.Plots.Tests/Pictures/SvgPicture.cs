using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GmmNative.Plots.Tests.Pictures;

/// <summary>An SVG file, read as XML.</summary>
internal sealed partial class SvgPicture
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly XElement _root;

    /// <summary>Reads a file.</summary>
    public SvgPicture(string text) => _root = XDocument.Parse(text).Root!;

    /// <summary>The width and the height.</summary>
    public (int Width, int Height) Size => ((int)_root.Attribute("width")!, (int)_root.Attribute("height")!);

    /// <summary>The title.</summary>
    public string Title => (string)_root.Element(Svg + "title")!;

    /// <summary>The style sheet.</summary>
    public string Style => (string)_root.Element(Svg + "style")!;

    /// <summary>The color of the background.</summary>
    public string Background => (string)_root.Descendants(Svg + "rect").First().Attribute("fill")!;

    /// <summary>All texts.</summary>
    public string[] Texts => [.. _root.Descendants(Svg + "text").Select(text => text.Value.Trim())];

    /// <summary>The families of the fonts of all texts.</summary>
    public IEnumerable<string> Families =>
        _root.Descendants(Svg + "text").Select(text => (string)text.Attribute("font-family")!).Distinct();

    /// <summary>The points of each line that is drawn with a color, in pixels.</summary>
    public IEnumerable<(double X, double Y)[]> Lines(string color) => _root.Descendants(Svg + "path")
        .Where(path => (string?)path.Attribute("stroke") == color)
        .Select(path => Numbers().Matches((string)path.Attribute("d")!)
            .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).Chunk(2)
            .Select(pair => (pair[0], pair[1])).ToArray());

    /// <summary>The number of circles of a radius.</summary>
    public int Circles => _root.Descendants(Svg + "ellipse").Count();

    [GeneratedRegex(@"-?\d+(\.\d+)?(e-?\d+)?")]
    private static partial Regex Numbers();
}
