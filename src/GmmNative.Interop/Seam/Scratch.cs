namespace GmmNative.Interop.Seam;

/// <summary>Scratch memory of the calling thread, kept between calls so that repeated operations do not allocate.</summary>
internal static class Scratch<T>
    where T : unmanaged
{
    /// <summary>The slot of packed strips of B.</summary>
    public const int StripsOfB = 0;

    /// <summary>The slot of rows or a matrix that an operation works on.</summary>
    public const int Work = 1;

    /// <summary>The slot of a single row.</summary>
    public const int Row = 2;

    /// <summary>The slot of values per component of a single row.</summary>
    public const int Components = 3;

    [ThreadStatic]
    private static AlignedBuffer<T>?[]? s_slots;

    /// <summary>
    /// Returns the memory of a slot: at least <paramref name="length"/> elements with unspecified contents, valid until the next call with
    /// the same slot on this thread.
    /// </summary>
    public static Span<T> Take(int slot, int length)
    {
        AlignedBuffer<T>?[] slots = s_slots ??= new AlignedBuffer<T>?[4];
        AlignedBuffer<T>? buffer = slots[slot];
        if (buffer is null || buffer.Length < length)
        {
            buffer = new AlignedBuffer<T>(Math.Max(length, 1));
            slots[slot] = buffer;
        }

        return buffer.Span;
    }
}
