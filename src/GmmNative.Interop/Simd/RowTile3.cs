using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Simd;

/// <summary>Three vectors of a row of C.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct RowTile3<TSimd, TVector, T>(TVector first, TVector second, TVector third)
    : IRowTile<RowTile3<TSimd, TVector, T>, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TVector _first = first;
    private readonly TVector _second = second;
    private readonly TVector _third = third;

    public static int Vectors => 3;

    public static RowTile3<TSimd, TVector, T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(TSimd.Zero, TSimd.Zero, TSimd.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowTile3<TSimd, TVector, T> Load(T* source) =>
        new(TSimd.Load(source), TSimd.Load(source + TSimd.Count), TSimd.Load(source + (2 * TSimd.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowTile3<TSimd, TVector, T> MultiplyAdd(
        TVector scale, RowTile3<TSimd, TVector, T> row, RowTile3<TSimd, TVector, T> accumulator) => new(
        TSimd.MultiplyAdd(scale, row._first, accumulator._first),
        TSimd.MultiplyAdd(scale, row._second, accumulator._second),
        TSimd.MultiplyAdd(scale, row._third, accumulator._third));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(RowTile3<TSimd, TVector, T> row, T* destination)
    {
        TSimd.Store(row._first, destination);
        TSimd.Store(row._second, destination + TSimd.Count);
        TSimd.Store(row._third, destination + (2 * TSimd.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(RowTile3<TSimd, TVector, T> row, T* destination)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(destination), row._first), destination);
        TSimd.Store(TSimd.Add(TSimd.Load(destination + TSimd.Count), row._second), destination + TSimd.Count);
        TSimd.Store(TSimd.Add(TSimd.Load(destination + (2 * TSimd.Count)), row._third), destination + (2 * TSimd.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowTile3<TSimd, TVector, T> AddToAll(RowTile3<TSimd, TVector, T> row, TVector value) =>
        new(TSimd.Add(row._first, value), TSimd.Add(row._second, value), TSimd.Add(row._third, value));
}
