using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmNative.Interop.Simd;

/// <summary>Vectors of 256 bits.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Simd256<T> : ISimd<Vector256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector256<T>.Count;

    public static Vector256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, T* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend) => typeof(T) == typeof(double)
        ? Vector256.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>()
        : Vector256.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Max(Vector256<T> left, Vector256<T> right) => Vector256.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> vector) => Vector256.Abs(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SelectGreater(Vector256<T> left, Vector256<T> right, Vector256<T> ifGreater, Vector256<T> otherwise) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(left, right), ifGreater, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> left, Vector256<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftToExponent(Vector256<T> vector) => typeof(T) == typeof(double)
        ? Vector256.ShiftLeft(vector.AsInt64(), 52).As<long, T>()
        : Vector256.ShiftLeft(vector.AsInt32(), 23).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AddBits(Vector256<T> left, Vector256<T> right) => typeof(T) == typeof(double)
        ? (left.AsInt64() + right.AsInt64()).As<long, T>()
        : (left.AsInt32() + right.AsInt32()).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> XorBits(Vector256<T> left, Vector256<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftBitsRight(Vector256<T> vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? Vector256.ShiftRightLogical(vector.AsUInt64(), count).As<ulong, T>()
        : Vector256.ShiftRightLogical(vector.AsUInt32(), count).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> RotateBitsLeft(Vector256<T> vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? (Vector256.ShiftLeft(vector.AsUInt64(), count) | Vector256.ShiftRightLogical(vector.AsUInt64(), 64 - count)).As<ulong, T>()
        : (Vector256.ShiftLeft(vector.AsUInt32(), count) | Vector256.ShiftRightLogical(vector.AsUInt32(), 32 - count)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SquareRoot(Vector256<T> vector) => Vector256.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> vector) => Vector256.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxElement(Vector256<T> vector) =>
        Simd128<T>.MaxElement(Vector128.Max(vector.GetLower(), vector.GetUpper()));
}
