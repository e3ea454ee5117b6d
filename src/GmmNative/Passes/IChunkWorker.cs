namespace GmmNative.Passes;

/// <summary>Processes chunks of rows for one thread. Contains scratch memory of this thread, which is released on disposal.</summary>
internal interface IChunkWorker<in TAccumulator> : IDisposable
{
    /// <summary>Adds a chunk to the sums.</summary>
    void Process(in RowChunk chunk, TAccumulator sums);
}
