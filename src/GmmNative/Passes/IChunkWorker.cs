namespace GmmNative.Passes;

/// <summary>What one thread does with chunks of rows; holds that thread's scratch memory and gives it back when disposed.</summary>
internal interface IChunkWorker<in TAccumulator> : IDisposable
{
    /// <summary>Adds a chunk to the sums.</summary>
    void Process(in RowChunk chunk, TAccumulator sums);
}
