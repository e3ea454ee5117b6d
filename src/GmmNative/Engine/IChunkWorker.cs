namespace GmmNative;

/// <summary>What one thread does with chunks of rows; holds that thread's scratch memory.</summary>
internal interface IChunkWorker<in TAccumulator>
{
    /// <summary>Adds a chunk to the sums.</summary>
    void Process(in RowChunk chunk, TAccumulator sums);
}
