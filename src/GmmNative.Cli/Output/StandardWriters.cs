using System.Text;
using GmmNative.Files.Output;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli.Output;

/// <summary>
/// Puts writers of the program's own in place of those of <see cref="Console"/>: data that cannot be written to standard output is an
/// error, a message that cannot be written to standard error is dropped. .NET has it the other way round where a stream is closed or
/// full.
/// </summary>
internal static class StandardWriters
{
    private const int BufferSize = 1024;

    public static void Install()
    {
        Console.SetOut(Writer(new DataStream()));
        Console.SetError(Writer(new MessageStream()));
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize) { AutoFlush = true };

    /// <summary>Standard output.</summary>
    private sealed class DataStream : UnbufferedStream
    {
        private Stream? _stream;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                (_stream ??= StandardStreams.OpenToWrite(StandardStreams.Output)).Write(buffer);
            }
            catch (Exception e) when (WriteProblem.Is(e) && !SystemError.IsReaderGone(e))
            {
                throw WriteProblem.Of("-", e);
            }
        }
    }

    /// <summary>Standard error.</summary>
    private sealed class MessageStream : UnbufferedStream
    {
        private Stream? _stream;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                (_stream ??= StandardStreams.OpenToWrite(StandardStreams.Error)).Write(buffer);
            }
            catch (Exception e) when (WriteProblem.Is(e))
            {
                // There is nobody left to say it to, and the work is worth more than its messages.
            }
        }
    }
}
