using Spectre.Console;
using Spectre.Console.Rendering;

namespace GmmNative.Cli.Training;

/// <summary>A text column of the progress bar.</summary>
internal sealed class StatusColumn : ProgressColumn
{
    /// <summary>The text.</summary>
    public string Text { get; set; } = "";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Text);
}
