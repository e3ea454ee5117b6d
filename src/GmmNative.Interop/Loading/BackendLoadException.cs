namespace GmmNative.Interop;

/// <summary>
/// The exception for a backend that was requested by name but is not available. The message gives the reason; the report lists every
/// attempt.
/// </summary>
/// <example>
/// <code>
/// try
/// {
///     DenseBackend backend = Backends.Select(BackendKind.Mkl).Backend;
/// }
/// catch (BackendLoadException e)
/// {
///     Console.Error.WriteLine(e.Message);
/// }
/// </code>
/// </example>
public sealed class BackendLoadException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BackendLoadException(BackendKind kind, string message, LoadReport report)
        : base(message)
    {
        Kind = kind;
        Report = report;
    }

    /// <summary>The requested backend.</summary>
    public BackendKind Kind { get; }

    /// <summary>Every name that was tried, and why each failed.</summary>
    public LoadReport Report { get; }
}
