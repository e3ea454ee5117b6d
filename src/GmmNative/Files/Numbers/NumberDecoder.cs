using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GmmNative.Files.Numbers;

/// <summary>Converts the bytes of numbers in a file to double.</summary>
internal static class NumberDecoder
{
    /// <summary>Converts consecutive numbers.</summary>
    /// <param name="source">The bytes, a multiple of the element size.</param>
    /// <param name="type">A type for which <see cref="NpyElementType.IsNumber"/> is true.</param>
    /// <param name="destination">Receives number n at index n * <paramref name="stride"/>.</param>
    /// <param name="stride">The distance between numbers in <paramref name="destination"/>, at least 1.</param>
    public static void Widen(ReadOnlySpan<byte> source, NpyElementType type, Span<double> destination, int stride = 1)
    {
        switch (type.Kind, type.Size)
        {
            case ('f', 8):
                Widen<double>(source, type.BigEndian, destination, stride);
                break;
            case ('f', 4):
                Widen<float>(source, type.BigEndian, destination, stride);
                break;
            case ('f', 2):
                Widen<Half>(source, type.BigEndian, destination, stride);
                break;
            case ('i', 8):
                Widen<long>(source, type.BigEndian, destination, stride);
                break;
            case ('i', 4):
                Widen<int>(source, type.BigEndian, destination, stride);
                break;
            case ('i', 2):
                Widen<short>(source, type.BigEndian, destination, stride);
                break;
            case ('i', 1):
                Widen<sbyte>(source, type.BigEndian, destination, stride);
                break;
            case ('u', 8):
                Widen<ulong>(source, type.BigEndian, destination, stride);
                break;
            case ('u', 4):
                Widen<uint>(source, type.BigEndian, destination, stride);
                break;
            case ('u', 2):
                Widen<ushort>(source, type.BigEndian, destination, stride);
                break;
            case ('u', 1):
                Widen<byte>(source, type.BigEndian, destination, stride);
                break;
            case ('b', 1):
                WidenTruth(source, destination, stride);
                break;
            default:
                throw new InvalidOperationException($"{type} is not a number type.");
        }
    }

    private static void Widen<T>(ReadOnlySpan<byte> source, bool bigEndian, Span<double> destination, int stride)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(source);
        if (bigEndian)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                destination[i * stride] = double.CreateTruncating(ReverseBytes(numbers[i]));
            }
        }
        else if (typeof(T) == typeof(double) && stride == 1)
        {
            MemoryMarshal.Cast<T, double>(numbers).CopyTo(destination);
        }
        else if (typeof(T) == typeof(float) && stride == 1)
        {
            TensorPrimitives.ConvertTruncating<float, double>(MemoryMarshal.Cast<T, float>(numbers), destination);
        }
        else
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                destination[i * stride] = double.CreateTruncating(numbers[i]);
            }
        }
    }

    // Any byte except 0 is true, as in NumPy.
    private static void WidenTruth(ReadOnlySpan<byte> source, Span<double> destination, int stride)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i * stride] = source[i] == 0 ? 0 : 1;
        }
    }

    private static T ReverseBytes<T>(T value)
        where T : unmanaged
    {
        return Unsafe.SizeOf<T>() switch
        {
            8 => Unsafe.BitCast<ulong, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ulong>(value))),
            4 => Unsafe.BitCast<uint, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, uint>(value))),
            2 => Unsafe.BitCast<ushort, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ushort>(value))),
            _ => value,
        };
    }
}
