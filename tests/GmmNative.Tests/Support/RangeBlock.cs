using GmmNative.Passes;

namespace GmmNative.Tests.Support;

/// <summary>Which rows a group has.</summary>
internal sealed class RangeBlock
{
    /// <summary>The first row; negative where there is none yet.</summary>
    public long First { get; private set; } = -1;

    /// <summary>The number of rows.</summary>
    public long Count { get; private set; }

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        First = -1;
        Count = 0;
    }

    /// <summary>Fills blocks; may do something before.</summary>
    internal sealed class Worker(Action<long>? before = null) : IChunkWorker<RangeBlock>
    {
        public void Process(in RowChunk chunk, RangeBlock sums)
        {
            before?.Invoke(chunk.FirstRow);
            if (sums.First < 0)
            {
                sums.First = chunk.FirstRow;
            }

            sums.Count += chunk.Count;
        }

        public void Dispose()
        {
        }
    }
}
