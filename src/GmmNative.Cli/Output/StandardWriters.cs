using System.Text;
using GmmNative.Files.Output;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli.Output;

/// <summary>
/// Replaces the writers of <see cref="Console"/>. Data that cannot be written to standard output is an error, and a message that cannot be
/// written to standard error is dropped. .NET does the opposite when a stream is closed or full.
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
    private sealed class DataStream : WriteOnlyStream
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
    private sealed class MessageStream : WriteOnlyStream
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
                // There is nowhere left to report the failure, and the work is more important than its messages.
            }
        }
    }
}
