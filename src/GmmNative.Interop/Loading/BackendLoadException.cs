namespace GmmNative.Interop;

/// <summary>A backend that was asked for by name is not available. The message tells why; the report tells everything tried.</summary>
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
    /// <summary>Makes the exception.</summary>
    public BackendLoadException(BackendKind kind, string message, LoadReport report)
        : base(message)
    {
        Kind = kind;
        Report = report;
    }

    /// <summary>The backend that was asked for.</summary>
    public BackendKind Kind { get; }

    /// <summary>Every name that was tried, and why each failed.</summary>
    public LoadReport Report { get; }
}
