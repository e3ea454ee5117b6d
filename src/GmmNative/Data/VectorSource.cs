using CommunityToolkit.HighPerformance;

namespace GmmNative;

/// <summary>Short ways to make an <see cref="IVectorSource"/>.</summary>
public static class VectorSource
{
    /// <summary>Rows in memory, T x D; read in place.</summary>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<double> rows) => new MemoryVectorSource<double>(rows);

    /// <inheritdoc cref="From(ReadOnlyMemory2D{double})"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory2D<float> rows) => new MemoryVectorSource<float>(rows);

    /// <summary>Rows in memory one after the other, T * D values; read in place.</summary>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<double> rows, int dimension) => new MemoryVectorSource<double>(rows, dimension);

    /// <inheritdoc cref="From(ReadOnlyMemory{double}, int)"/>
    public static IRandomAccessVectorSource From(ReadOnlyMemory<float> rows, int dimension) => new MemoryVectorSource<float>(rows, dimension);
}
