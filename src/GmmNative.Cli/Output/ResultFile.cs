using GmmNative.Files.Numbers;
using GmmNative.Files.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Output;

/// <summary>An output file for one kind of result.</summary>
/// <param name="Kind">The kind of result.</param>
/// <param name="Path">The file. <c>-</c> is raw on standard output, and <see langword="null"/> is text on standard output.</param>
internal sealed record ResultFile(ResultKinds Kind, string? Path)
{
    private const string StandardStream = "-";

    /// <summary>The file, or <c>-</c> for standard output.</summary>
    public string Target => Path ?? StandardStream;

    /// <summary>Returns the files whose paths are given.</summary>
    public static ResultFile[] Of(params (ResultKinds Kind, string? Path)[] files) =>
        [.. files.Where(file => file.Path is not null).Select(file => new ResultFile(file.Kind, file.Path))];

    /// <summary>Returns the encoding of the rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The results.</param>
    /// <param name="converted">The number of coordinates that regression predicts.</param>
    public ArrayEncoding Encoding(GaussianMixture model, ResultRequest request, int converted)
    {
        int[] rowShape = Kind switch
        {
            ResultKinds.Posteriors => [model.ComponentCount],
            ResultKinds.Regression => [converted],
            ResultKinds.RegressionCovariance => [converted, converted],
            ResultKinds.LargestPosteriors => [checked(2 * request.Largest)],
            ResultKinds.Rows => [model.Dimension],
            _ => [],
        };
        NpyElementType type = Kind is ResultKinds.Label or ResultKinds.Anomaly ? NpyElementType.Int32 : NpyElementType.Float64;
        return Path is null ? ArrayEncoding.Lines : ArrayEncoding.OfRows(Path, type, rowShape);
    }
}
