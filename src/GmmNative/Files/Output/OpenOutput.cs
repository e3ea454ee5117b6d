namespace GmmNative.Files.Output;

/// <summary>An output that is being written: it is complete, or it is dropped.</summary>
/// <param name="stream">Takes the contents.</param>
/// <param name="complete">Puts everything where it belongs.</param>
/// <param name="resource">What is closed at the end, whatever has happened; it drops what is not complete, if that is possible.</param>
internal sealed class OpenOutput(Stream stream, Action complete, IDisposable resource) : IDisposable
{
    /// <summary>Takes the contents.</summary>
    public Stream Stream => stream;

    /// <summary>Everything has been written.</summary>
    public void Complete() => complete();

    /// <inheritdoc/>
    public void Dispose() => resource.Dispose();
}
