using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>
/// Writes to an open descriptor at its current position, or at the end if it was opened for appending. Other users of the descriptor
/// continue after the written data. The file streams of .NET keep their own position instead. Linux only. The descriptor stays open.
/// </summary>
internal sealed class DescriptorStream(int descriptor) : WriteOnlyStream
{
    /// <inheritdoc/>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint done = 0;
            while (done < buffer.Length)
            {
                nint count = LibC.Write(descriptor, start + done, buffer.Length - done);
                if (count >= 0)
                {
                    done += count;
                    continue;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case SystemError.Interrupted:
                        break;
                    case SystemError.WouldBlock:
                        WaitForRoom();
                        break;
                    default:
                        throw SystemError.Last();
                }
            }
        }
    }

    // Needed for a terminal or pipe that another program has set to non-blocking.
    private unsafe void WaitForRoom()
    {
        PollRequest request = new() { Descriptor = descriptor, Events = LibC.PollOut };
        if (LibC.Poll(&request, 1, -1) < 0 && Marshal.GetLastPInvokeError() != SystemError.Interrupted)
        {
            throw SystemError.Last();
        }
    }
}
