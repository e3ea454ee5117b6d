using GmmNative.Formats.Parquet.Reading;

namespace GmmNative.Formats.Parquet;

/// <summary>Reads Parquet files: columns of numbers and Booleans become coordinates, row group after row group.</summary>
/// <remarks>
/// Columns of other types can be in the file if <see cref="VectorFileOptions.Columns"/> does not select them. A null is a missing value,
/// NaN, which training and scoring report with its row and column. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// VectorFileOptions options = new() { AdditionalFormats = [new ParquetVectorFormat()], Columns = ["eruptions", "waiting"] };
/// using IVectorSource rows = VectorFile.Open("faithful.parquet", options);
/// </code>
/// </example>
public sealed class ParquetVectorFormat : IVectorFormat
{
    /// <inheritdoc/>
    public string Name => "a Parquet file";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    /// <inheritdoc/>
    public IVectorSource Open(VectorFormatInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ParquetVectorSource.Open(input);
    }
}
