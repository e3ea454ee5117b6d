using System.Runtime.CompilerServices;
using GmmNative.Interop;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli.Endings;

/// <summary>The one place where exceptions become an exit code and one line on standard error.</summary>
internal static class ErrorReport
{
    /// <summary>What is said of a command that a signal ended before it had anything to write.</summary>
    public const string NothingWritten = "interrupted; nothing was written.";

    /// <summary>What is said of a command that a signal ended when some of its rows had gone into a pipe.</summary>
    public const string NotComplete = "interrupted; the output is not complete.";

    private const string DebugVariable = "GMMNATIVE_DEBUG";

    /// <summary>Reports an exception that ended a command.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="command">The command's name, for the hint at its help; empty for the program itself.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Exception exception, string command)
    {
        Exception cause = Unwrap(exception);
        if (SystemError.IsReaderGone(cause))
        {
            // gmm info model.npz | head -1: whoever reads has had enough.
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

    /// <summary>A usage error with a pointer to the help that explains it.</summary>
    public static string WithHint(string message, string command)
    {
        string help = command.Length == 0 ? "gmm --help" : $"gmm {command} --help";
        return $"{message.TrimEnd('.')}; see {help}";
    }

    /// <summary>The message of an exception about an argument without the name of the library's parameter, which no user knows.</summary>
    public static string WithoutParameterName(ArgumentException exception)
    {
        string message = exception.Message;
        int suffix = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? message : message[..suffix];
    }

    // What a parallel loop or a type initialiser throws only wraps what went wrong.
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
