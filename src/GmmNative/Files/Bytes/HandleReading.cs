using Microsoft.Win32.SafeHandles;

namespace GmmNative.Files.Bytes;

/// <summary>Reads ranges of open files.</summary>
internal static class HandleReading
{
    /// <summary>Reads consecutive bytes.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <param name="offset">The offset of the first byte.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <exception cref="VectorDataException">The file cannot be read, or has become shorter.</exception>
    public static void Read(SafeFileHandle handle, string name, long offset, Span<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                int read = RandomAccess.Read(handle, bytes, offset);
                if (read == 0)
                {
                    throw new VectorDataException($"{name}: the file has become shorter while it was being read.");
                }

                bytes = bytes[read..];
                offset += read;
            }
        }
        catch (Exception e) when (ReadFailure.Describe(e, name) is not null)
        {
            throw new VectorDataException(ReadFailure.Describe(e, name)!, e);
        }
    }
}
