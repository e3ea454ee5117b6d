using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>
/// Writes to an open descriptor as it is: where it stands, at the end where it was opened to append, and so that whoever shares it goes on
/// behind. .NET's streams keep a place of their own for files. Linux only; the descriptor stays open.
/// </summary>
internal sealed class DescriptorStream(int descriptor) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    // A terminal or pipe that another program has set not to block.
    private unsafe void WaitForRoom()
    {
        PollRequest request = new() { Descriptor = descriptor, Events = LibC.PollOut };
        if (LibC.Poll(&request, 1, -1) < 0 && Marshal.GetLastPInvokeError() != SystemError.Interrupted)
        {
            throw SystemError.Last();
        }
    }
}
