namespace GmmNative;

/// <summary>
/// A further format of vector files, from another package. <see cref="VectorFileOptions.AdditionalFormats"/> lists the formats that a
/// caller wants to read: nothing is registered globally, and nothing is found by reflection.
/// </summary>
/// <remarks>Implementations are thread-safe.</remarks>
/// <example>
/// <code>
/// static IVectorSource Open(string path, IVectorFormat format) =>
///     VectorFile.Open(path, new VectorFileOptions { AdditionalFormats = [format] });
/// </code>
/// </example>
public interface IVectorFormat
{
    /// <summary>The name of the format with its article for messages, for example <c>a Parquet file</c>.</summary>
    string Name { get; }

    /// <summary>Recognizes a file of this format.</summary>
    /// <param name="head">The first bytes of the file, 8192 or all of them.</param>
    bool Recognizes(ReadOnlySpan<byte> head);

    /// <summary>Opens a file of this format.</summary>
    /// <param name="input">The file and the requested columns.</param>
    /// <returns>
    /// The rows, which own the stream. A source that knows its number of rows and does not have random access is read into memory if its
    /// rows take at most half of the memory of the machine; otherwise each pass reads the file.
    /// </returns>
    /// <exception cref="InvalidDataException">
    /// The file cannot be read. The message is one sentence that continues after the name of the file.
    /// </exception>
    IVectorSource Open(VectorFormatInput input);
}
