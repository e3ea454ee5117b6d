using GmmNative.Passes;

namespace GmmNative.Initialization.Missing;

/// <summary>The shares of rows that belong to the components of a start. Used by one thread.</summary>
internal interface IRowShares
{
    /// <summary>Loads the rows of a chunk.</summary>
    void Load(in RowChunk chunk);

    /// <summary>Computes the shares of a component, 0 to 1, without the weights of the rows.</summary>
    /// <param name="component">The component.</param>
    /// <param name="shares">Receives one number per row of the loaded chunk.</param>
    void Shares(int component, Span<double> shares);
}
