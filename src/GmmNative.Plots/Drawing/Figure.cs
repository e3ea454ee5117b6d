using ScottPlot;
using SkiaSharp;

namespace GmmNative.Plots.Drawing;

/// <summary>A picture: a title, notes, panels in a grid, and a legend to their right.</summary>
internal sealed class Figure : IDisposable
{
    private const int ReferenceWidth = 960;
    private const int ReferenceHeight = 720;
    private const float Margin = 16;
    private const float TitleSize = 20;
    private const float NoteSize = 13;
    private const float MinimumTextSize = 8;
    private const float LegendWidthLimit = 0.4f;

    // Wide enough for two dashes of each pattern of lines.
    private const float SymbolWidth = 34;

    private readonly Plot[] _panels;
    private readonly Plot _legendPlot = new();
    private readonly PictureTheme _theme;
    private readonly string _title;
    private readonly IReadOnlyList<string> _notes;
    private readonly int _panelColumns;
    private bool _isMeasured;

    /// <summary>Creates the picture.</summary>
    /// <param name="options">The size and the title.</param>
    /// <param name="theme">The colors.</param>
    /// <param name="defaultTitle">The title if the options have none.</param>
    /// <param name="notes">Lines below the title.</param>
    /// <param name="panels">The panels, row by row.</param>
    /// <param name="legend">The entries of the legend; may be empty.</param>
    public Figure(
        PlotOptions options, PictureTheme theme, string defaultTitle, IReadOnlyList<string> notes, Plot[] panels,
        IReadOnlyList<LegendItem> legend)
    {
        (Width, Height) = (options.Width, options.Height);
        (_theme, _title, _notes, _panels) = (theme, options.Title ?? defaultTitle, notes, panels);
        _panelColumns = (int)Math.Ceiling(Math.Sqrt(panels.Length));
        Legend = legend;
        ConfigureLegend();
    }

    /// <summary>The width in pixels.</summary>
    public int Width { get; }

    /// <summary>The height in pixels.</summary>
    public int Height { get; }

    /// <summary>The title.</summary>
    public string Title => _title;

    /// <summary>The lines below the title.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The panels.</summary>
    public IReadOnlyList<Plot> Panels => _panels;

    /// <summary>The entries of the legend.</summary>
    public IReadOnlyList<LegendItem> Legend { get; }

    /// <summary>Draws the picture.</summary>
    public void Render(SKCanvas canvas)
    {
        // Text and lines keep their proportion to the picture. Everything is laid out at the reference size.
        float scale = Math.Clamp(Math.Min((float)Width / ReferenceWidth, (float)Height / ReferenceHeight), 0.6f, 16);
        (float width, float height) = (Width / scale, Height / scale);
        canvas.Save();
        canvas.Scale(scale);
        using SKPaint background = new() { Color = _theme.Background.ToSKColor() };
        canvas.DrawRect(0, 0, width, height, background);
        float top = DrawHeading(canvas, width);
        float right = width - Margin;
        using Paint paint = Paint.NewDisposablePaint();
        if (Legend.Count > 0)
        {
            PixelRect area = new(Margin, right, height - Margin, top);
            PixelSize size = _legendPlot.Legend.GetLayout(area.Size, paint).LegendRect.Size;
            if (size.Width <= LegendWidthLimit * width)
            {
                _legendPlot.Legend.Render(canvas, paint, new PixelRect(right - size.Width, right, area.Bottom, top), Alignment.UpperRight);
                right -= size.Width + (Margin / 2);
            }
        }

        DrawPanels(canvas, new PixelRect(Margin / 2, right, height - (Margin / 2), top));
        canvas.Restore();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _legendPlot.Dispose();
        foreach (Plot panel in _panels)
        {
            panel.Dispose();
        }
    }

    private void ConfigureLegend()
    {
        Legend legend = _legendPlot.Legend;
        legend.ManualItems = [.. Legend];
        legend.FontName = EmbeddedFont.NameFor(string.Concat(Legend.Select(item => item.LabelText)));
        legend.FontSize = NoteSize;
        legend.FontColor = _theme.Foreground;
        legend.BackgroundColor = _theme.Background;
        legend.OutlineWidth = 0;
        legend.ShadowColor = Colors.Transparent;
        legend.Orientation = Orientation.Vertical;
        legend.SymbolWidth = SymbolWidth;
        legend.Margin = new PixelPadding(0);
    }

    private float DrawHeading(SKCanvas canvas, float width)
    {
        float y = Margin;
        if (_title.Length > 0)
        {
            y += TitleSize;
            DrawText(canvas, _title, y, TitleSize, _theme.Foreground, width);
            y += 4;
        }

        foreach (string note in _notes)
        {
            y += NoteSize + 4;
            DrawText(canvas, note, y, NoteSize, _theme.Muted, width);
        }

        return y + 12;
    }

    // Long text is drawn smaller, and shortened where it would be illegible.
    private static void DrawText(SKCanvas canvas, string text, float y, float size, Color color, float width)
    {
        using SKFont font = new(Fonts.GetTypeface(EmbeddedFont.NameFor(text), bold: false, italic: false), size)
        {
            Subpixel = true,
            LinearMetrics = true,
            Hinting = SKFontHinting.None,
        };
        float room = width - (2 * Margin);
        float needed = font.MeasureText(text);
        if (needed > room)
        {
            font.Size = Math.Max(MinimumTextSize, size * room / needed);
            while (text.Length > 1 && font.MeasureText(text) > room)
            {
                text = text.TrimEnd('…')[..^1] + "…";
            }
        }

        using SKPaint paint = new() { Color = color.ToSKColor(), IsAntialias = true };
        canvas.DrawText(text, Margin, y, font, paint);
    }

    private void DrawPanels(SKCanvas canvas, PixelRect area)
    {
        int rows = (_panels.Length + _panelColumns - 1) / _panelColumns;
        float width = area.Width / _panelColumns;
        float height = area.Height / rows;
        for (int i = 0; i < _panels.Length; i++)
        {
            float left = area.Left + (i % _panelColumns * width);
            float top = area.Top + (i / _panelColumns * height);
            PixelRect rect = new(left, left + width, top + height, top);
            if (!_isMeasured)
            {
                // The first rendering of a panel measures its labels and then draws everything a second time over the first. Transparent
                // colors would be too strong, and SVG files twice as large.
                using SKNoDrawCanvas nowhere = new(Width, Height);
                _panels[i].Render(nowhere, rect);
            }

            _panels[i].Render(canvas, rect);
        }

        _isMeasured = true;
    }
}
