namespace GmmNative.Files.Output;

/// <summary>An output that is being written. Unless it is completed, it is discarded.</summary>
/// <param name="stream">Receives the contents.</param>
/// <param name="complete">Completes the output, for example by renaming a temporary file.</param>
/// <param name="resource">Disposed at the end in any case. It discards an incomplete output if that is possible.</param>
internal sealed class OpenOutput(Stream stream, Action complete, IDisposable resource) : IDisposable
{
    /// <summary>Receives the contents.</summary>
    public Stream Stream => stream;

    /// <summary>Completes the output after everything has been written.</summary>
    public void Complete() => complete();

    /// <inheritdoc/>
    public void Dispose() => resource.Dispose();
}
