using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmNative.Interop.Simd;

/// <summary>Vectors of 512 bits.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Simd512<T> : ISimd<Vector512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;

    public static Vector512<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, T* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend) => typeof(T) == typeof(double)
        ? Vector512.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>()
        : Vector512.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max(Vector512<T> left, Vector512<T> right) => Vector512.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs(Vector512<T> vector) => Vector512.Abs(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SelectGreater(Vector512<T> left, Vector512<T> right, Vector512<T> ifGreater, Vector512<T> otherwise) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(left, right), ifGreater, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> left, Vector512<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftToExponent(Vector512<T> vector) => typeof(T) == typeof(double)
        ? Vector512.ShiftLeft(vector.AsInt64(), 52).As<long, T>()
        : Vector512.ShiftLeft(vector.AsInt32(), 23).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AddBits(Vector512<T> left, Vector512<T> right) => typeof(T) == typeof(double)
        ? (left.AsInt64() + right.AsInt64()).As<long, T>()
        : (left.AsInt32() + right.AsInt32()).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> XorBits(Vector512<T> left, Vector512<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftBitsRight(Vector512<T> vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? Vector512.ShiftRightLogical(vector.AsUInt64(), count).As<ulong, T>()
        : Vector512.ShiftRightLogical(vector.AsUInt32(), count).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> RotateBitsLeft(Vector512<T> vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? (Vector512.ShiftLeft(vector.AsUInt64(), count) | Vector512.ShiftRightLogical(vector.AsUInt64(), 64 - count)).As<ulong, T>()
        : (Vector512.ShiftLeft(vector.AsUInt32(), count) | Vector512.ShiftRightLogical(vector.AsUInt32(), 32 - count)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SquareRoot(Vector512<T> vector) => Vector512.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> vector) => Vector512.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxElement(Vector512<T> vector) =>
        Simd256<T>.MaxElement(Vector256.Max(vector.GetLower(), vector.GetUpper()));
}
