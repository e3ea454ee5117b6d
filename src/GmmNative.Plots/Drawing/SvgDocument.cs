using System.Globalization;
using System.Security;
using System.Text.RegularExpressions;

namespace GmmNative.Plots.Drawing;

/// <summary>Completes the SVG file that Skia writes.</summary>
internal static partial class SvgDocument
{
    // Verdana has the same widths as DejaVu Sans: programs that ignore fonts in files use one of the two, if it is installed.
    private const string Families = EmbeddedFont.Family + ", Verdana, sans-serif";

    /// <summary>
    /// Adds the title, and the embedded font and its substitutes, so that the text does not depend on the fonts of the machine that shows
    /// it. Numbers the elements, so that the same picture is the same file: Skia counts them over the life of the process.
    /// </summary>
    /// <param name="svg">The file.</param>
    /// <param name="title">The title, for screen readers.</param>
    public static string Complete(string svg, string title)
    {
        int root = svg.IndexOf("<svg", StringComparison.Ordinal);
        int content = svg.IndexOf('>', root) + 1;
        string font = Convert.ToBase64String(EmbeddedFont.WebFont());
        string head = $"\n\t<title>{SecurityElement.Escape(title)}</title>\n\t<style>@font-face {{ font-family: \"{EmbeddedFont.Family}\"; "
            + $"src: url(data:font/woff2;base64,{font}) format(\"woff2\"); }}</style>";
        Dictionary<string, string> numbers = [];
        string body = ClipName().Replace(svg[content..], match =>
        {
            numbers.TryAdd(match.Value, string.Create(CultureInfo.InvariantCulture, $"clip{numbers.Count}"));
            return numbers[match.Value];
        });
        return svg[..content] + head
            + body.Replace($"font-family=\"{EmbeddedFont.Family}\"", $"font-family=\"{Families}\"", StringComparison.Ordinal);
    }

    [GeneratedRegex("(?<=(id=\"|url\\(#))cl_[0-9a-f]+")]
    private static partial Regex ClipName();
}
