using GmmNative.Passes;
namespace GmmNative.Tests.Support;

/// <summary>Notes the rows of each chunk; may do something before.</summary>
internal sealed class TraceWorker(Action<long>? before = null, Action? disposed = null) : IChunkWorker<RowTrace>
{
    public void Process(in RowChunk chunk, RowTrace sums)
    {
        before?.Invoke(chunk.FirstRow);
        sums.Values.AddRange(chunk.Rows);
        sums.Chunks.Add((chunk.FirstRow, chunk.Count));
    }

    public void Dispose() => disposed?.Invoke();
}
