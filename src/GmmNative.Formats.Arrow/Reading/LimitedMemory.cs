using System.Buffers;
using Apache.Arrow.Memory;

namespace GmmNative.Formats.Arrow.Reading;

/// <summary>Memory for the record batches of a file. A damaged file may claim any size, so the size of the file limits it.</summary>
/// <param name="fileLength">The length of the file, in bytes.</param>
internal sealed class LimitedMemory(long fileLength) : MemoryAllocator
{
    // The strongest compression that a real file reaches: Zstandard, where all values of a column are equal.
    private const int MaximumRatio = 1 << 14;

    /// <inheritdoc/>
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        if (length > fileLength * MaximumRatio)
        {
            throw new InvalidDataException($"it claims a buffer of {length} bytes.");
        }

        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = bytes;

        public void Dispose()
        {
            // The garbage collector releases the array.
        }
    }
}
