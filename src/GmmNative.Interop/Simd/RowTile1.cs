using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Simd;

/// <summary>One vector of a row of C.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct RowTile1<TSimd, TVector, T>(TVector first) : IRowTile<RowTile1<TSimd, TVector, T>, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TVector _first = first;

    public static int Vectors => 1;

    public static RowTile1<TSimd, TVector, T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(TSimd.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowTile1<TSimd, TVector, T> Load(T* source) => new(TSimd.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowTile1<TSimd, TVector, T> MultiplyAdd(
        TVector scale, RowTile1<TSimd, TVector, T> row, RowTile1<TSimd, TVector, T> accumulator) => new(
        TSimd.MultiplyAdd(scale, row._first, accumulator._first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(RowTile1<TSimd, TVector, T> row, T* destination)
    {
        TSimd.Store(row._first, destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(RowTile1<TSimd, TVector, T> row, T* destination)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(destination), row._first), destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowTile1<TSimd, TVector, T> AddToAll(RowTile1<TSimd, TVector, T> row, TVector value) => new(TSimd.Add(row._first, value));
}
