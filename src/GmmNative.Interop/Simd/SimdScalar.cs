using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Simd;

/// <summary>"Vectors" of one element, for processors on which .NET supports no vectors.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct SimdScalar<T> : ISimd<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static T Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(T* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T vector, T* destination) => *destination = vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(T value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T left, T right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Subtract(T left, T right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Multiply(T left, T right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T left, T right, T addend) => (left * right) + addend;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Max(T left, T right) => T.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Abs(T vector) => T.Abs(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SelectGreater(T left, T right, T ifGreater, T otherwise) => left > right ? ifGreater : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Divide(T left, T right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ShiftToExponent(T vector) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<long, T>(Unsafe.BitCast<T, long>(vector) << 52)
        : Unsafe.BitCast<int, T>(Unsafe.BitCast<T, int>(vector) << 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddBits(T left, T right) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<long, T>(Unsafe.BitCast<T, long>(left) + Unsafe.BitCast<T, long>(right))
        : Unsafe.BitCast<int, T>(Unsafe.BitCast<T, int>(left) + Unsafe.BitCast<T, int>(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T XorBits(T left, T right) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<long, T>(Unsafe.BitCast<T, long>(left) ^ Unsafe.BitCast<T, long>(right))
        : Unsafe.BitCast<int, T>(Unsafe.BitCast<T, int>(left) ^ Unsafe.BitCast<T, int>(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ShiftBitsRight(T vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<ulong, T>(Unsafe.BitCast<T, ulong>(vector) >> count)
        : Unsafe.BitCast<uint, T>(Unsafe.BitCast<T, uint>(vector) >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T RotateBitsLeft(T vector, [ConstantExpected] int count) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<ulong, T>(BitOperations.RotateLeft(Unsafe.BitCast<T, ulong>(vector), count))
        : Unsafe.BitCast<uint, T>(BitOperations.RotateLeft(Unsafe.BitCast<T, uint>(vector), count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SquareRoot(T vector) => T.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T vector) => vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxElement(T vector) => vector;
}
