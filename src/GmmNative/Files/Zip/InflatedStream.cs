using System.IO.Compression;
using GmmNative.Errors;

namespace GmmNative.Files.Zip;

/// <summary>Decompresses deflated bytes. Reports damaged bytes as a problem of the file.</summary>
/// <param name="deflated">The deflated bytes, which this stream owns and disposes.</param>
internal sealed class InflatedStream(Stream deflated) : ReadOnlyStream
{
    private readonly DeflateStream _inner = new(deflated, CompressionMode.Decompress);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new FileProblemException("its compressed bytes are damaged; copy or write the file again.", null, e);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
