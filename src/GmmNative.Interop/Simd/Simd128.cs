using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmNative.Interop.Simd;

/// <summary>Vectors of 128 bits.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Simd128<T> : ISimd<Vector128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector128<T>.Count;

    public static Vector128<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, T* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> left, Vector128<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> addend) => typeof(T) == typeof(double)
        ? Vector128.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>()
        : Vector128.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Max(Vector128<T> left, Vector128<T> right) => Vector128.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> vector) => Vector128.Abs(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SelectGreater(Vector128<T> left, Vector128<T> right, Vector128<T> ifGreater, Vector128<T> otherwise) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), ifGreater, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> left, Vector128<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftToExponent(Vector128<T> vector) => typeof(T) == typeof(double)
        ? Vector128.ShiftLeft(vector.AsInt64(), 52).As<long, T>()
        : Vector128.ShiftLeft(vector.AsInt32(), 23).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AddBits(Vector128<T> left, Vector128<T> right) => typeof(T) == typeof(double)
        ? (left.AsInt64() + right.AsInt64()).As<long, T>()
        : (left.AsInt32() + right.AsInt32()).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> XorBits(Vector128<T> left, Vector128<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftBitsRight(Vector128<T> vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? Vector128.ShiftRightLogical(vector.AsUInt64(), count).As<ulong, T>()
        : Vector128.ShiftRightLogical(vector.AsUInt32(), count).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> RotateBitsLeft(Vector128<T> vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? (Vector128.ShiftLeft(vector.AsUInt64(), count) | Vector128.ShiftRightLogical(vector.AsUInt64(), 64 - count)).As<ulong, T>()
        : (Vector128.ShiftLeft(vector.AsUInt32(), count) | Vector128.ShiftRightLogical(vector.AsUInt32(), 32 - count)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SquareRoot(Vector128<T> vector) => Vector128.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> vector) => Vector128.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxElement(Vector128<T> vector)
    {
        T max = vector.GetElement(0);
        for (int i = 1; i < Vector128<T>.Count; i++)
        {
            max = T.Max(max, vector.GetElement(i));
        }

        return max;
    }
}
