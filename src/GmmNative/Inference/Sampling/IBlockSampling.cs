namespace GmmNative.Inference.Sampling;

/// <summary>Draws blocks of rows. Thread-safe.</summary>
internal interface IBlockSampling
{
    /// <summary>The number of rows per block. It depends only on K and D.</summary>
    int BlockRows { get; }

    /// <summary>Draws all rows of a block.</summary>
    /// <param name="block">The block, from 0.</param>
    /// <param name="rows">Receives <see cref="BlockRows"/> x D numbers.</param>
    void Draw(long block, Span<double> rows);

    /// <summary>Draws some rows of a block, with the same bits. Threads keep the block that they drew last.</summary>
    /// <param name="block">The block, from 0.</param>
    /// <param name="firstRow">The first row within the block.</param>
    /// <param name="rows">Receives whole rows, which end within the block.</param>
    void Draw(long block, int firstRow, Span<double> rows);
}
