using GmmNative.Formats.Arrow.Reading;

namespace GmmNative.Formats.Arrow;

/// <summary>
/// Reads Arrow files (<c>.arrow</c>, <c>.feather</c> of version 2) and Arrow streams (<c>.arrows</c>): columns of numbers and Booleans
/// become coordinates, record batch after record batch.
/// </summary>
/// <remarks>
/// A column of lists of a fixed size becomes one coordinate per element, named <c>x[1]</c>, <c>x[2]</c> and so on. Columns of other types
/// can be in the file if <see cref="VectorFileOptions.Columns"/> does not select them. A null is a missing value, NaN, which training and
/// scoring report with its row and column. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// VectorFileOptions options = new() { AdditionalFormats = [new ArrowVectorFormat()], Columns = ["eruptions", "waiting"] };
/// using IVectorSource rows = VectorFile.Open("faithful.feather", options);
/// </code>
/// </example>
public sealed class ArrowVectorFormat : IVectorFormat
{
    /// <inheritdoc/>
    public string Name => "an Arrow file";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> head) => ArrowMessages.IsFile(head) || ArrowMessages.IsStream(head);

    /// <inheritdoc/>
    public IVectorSource Open(VectorFormatInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ArrowVectorSource.Open(input);
    }
}
