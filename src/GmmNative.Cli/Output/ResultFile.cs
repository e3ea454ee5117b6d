using GmmNative.Files.Numbers;
using GmmNative.Files.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Output;

/// <summary>A file for one kind of result.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Path">The file; <c>-</c> is raw on standard output, <see langword="null"/> lines of text there.</param>
internal sealed record ResultFile(ResultKinds Kind, string? Path)
{
    private const string StandardStream = "-";

    /// <summary>Where it goes.</summary>
    public string Target => Path ?? StandardStream;

    /// <summary>The files that were asked for.</summary>
    public static ResultFile[] Of(params (ResultKinds Kind, string? Path)[] files) =>
        [.. files.Where(file => file.Path is not null).Select(file => new ResultFile(file.Kind, file.Path))];

    /// <summary>How its rows become bytes.</summary>
    /// <param name="components">K.</param>
    /// <param name="converted">The coordinates that regression finds.</param>
    public ArrayEncoding Encoding(int components, int converted)
    {
        int? columns = Kind switch
        {
            ResultKinds.Posteriors => components,
            ResultKinds.Regression => converted,
            _ => null,
        };
        NpyElementType type = Kind == ResultKinds.Label ? NpyElementType.Int32 : NpyElementType.Float64;
        return Path is null ? ArrayEncoding.Lines : ArrayEncoding.Of(Path, type, columns);
    }
}
