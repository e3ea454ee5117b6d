using System.Runtime.CompilerServices;
using GmmNative.Interop;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli.Endings;

/// <summary>The only place where exceptions become an exit code and a line on standard error.</summary>
internal static class ErrorReport
{
    /// <summary>The message when a signal stops a command before it has anything to write.</summary>
    public const string NothingWritten = "interrupted; nothing was written.";

    /// <summary>The message of a command that was stopped by a signal after a pipe had received some of its rows.</summary>
    public const string NotComplete = "interrupted; the output is not complete.";

    private const string DebugVariable = "GMMNATIVE_DEBUG";

    /// <summary>Reports an exception that ended a command.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="command">The name of the command, for the hint to its help; empty for the program itself.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Exception exception, string command)
    {
        Exception cause = Unwrap(exception);
        if (SystemError.IsReaderGone(cause))
        {
            // The reader closed the pipe, as in: gmm info model.npz | head -1
            return ExitCode.Success;
        }

        (int exitCode, string message) = cause switch
        {
            UsageException e => (ExitCode.Usage, WithHint(e.Message, command)),
            PartialOutputException e => (ExitCode.Interrupted, e.Message),
            OperationCanceledException => (ExitCode.Interrupted, NothingWritten),
            GmmException or BackendLoadException or IOException => (ExitCode.Failure, cause.Message),
            UnauthorizedAccessException e => (ExitCode.Failure, $"{e.Message} Check the permissions."),
            InsufficientExecutionStackException or OutOfMemoryException =>
                (ExitCode.Failure,
                    "not enough memory: use fewer components, fewer rows at a time (--batch-size) or fewer threads (--threads)."),
            _ => (ExitCode.InternalError,
                $"internal error, please report it: {cause.GetType().Name}: {cause.Message} ({DebugVariable}=1 shows where)"),
        };
        WriteLine(message);
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            Console.Error.WriteLine(exception);
        }

        return exitCode;
    }

    /// <summary>Writes one line of the form <c>gmm: what, where, what to do</c>.</summary>
    public static void WriteLine(string message) => Console.Error.WriteLine($"gmm: {OneLine(message)}");

    /// <summary>Appends a reference to the help to a usage error.</summary>
    public static string WithHint(string message, string command)
    {
        string help = command.Length == 0 ? "gmm --help" : $"gmm {command} --help";
        return $"{message.TrimEnd('.')}; see {help}";
    }

    /// <summary>
    /// The message of an argument exception without the name of the parameter, which means nothing to users of the program.
    /// </summary>
    public static string WithoutParameterName(ArgumentException exception)
    {
        string message = exception.Message;
        int suffix = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? message : message[..suffix];
    }

    // Parallel loops and type initializers wrap the actual exception.
    private static Exception Unwrap(Exception exception)
    {
        while (exception is AggregateException or TypeInitializationException or RuntimeWrappedException
            && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
