using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// Execution settings. Only <see cref="Backend"/>, <see cref="Precision"/> and <see cref="Path"/> affect results; the other settings leave
/// them bit-for-bit unchanged.
/// </summary>
/// <example>
/// <code>
/// ExecutionOptions execution = new() { Threads = 4, Precision = Precision.Single, Backend = Backends.Managed };
/// GmmOptions options = new() { Execution = execution };
/// </code>
/// </example>
public sealed record ExecutionOptions
{
    /// <summary>The default settings.</summary>
    public static ExecutionOptions Default { get; } = new();

    /// <summary>The backend. <see langword="null"/>, the default, selects it as <see cref="BackendKind.Auto"/> does.</summary>
    public DenseBackend? Backend { get; init; }

    /// <summary>The number of threads. 0, the default, means one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>The precision of rows and products. The default is <see cref="Precision.Double"/>.</summary>
    public Precision Precision { get; init; }

    /// <summary>How densities and statistics are computed. The default is <see cref="NumericalPath.Auto"/>.</summary>
    public NumericalPath Path { get; init; }

    /// <summary>
    /// The maximum number of rows to request from a source at a time, which bounds the memory that a source needs. <see langword="null"/>,
    /// the default, requests as many rows as a unit of work takes.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>Throws if a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="Threads"/> is negative, <see cref="BatchSize"/> is below 1, or an enumeration value is undefined.
    /// </exception>
    public void Validate()
    {
        // The actual value is not passed to the exceptions: it would add a second line to the message.
        if (Threads < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), "The number of threads must be at least 1, or 0 for one per processor.");
        }

        if (BatchSize is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(BatchSize), "The batch size must be at least 1.");
        }

        if (!Enum.IsDefined(Precision))
        {
            throw new ArgumentOutOfRangeException(nameof(Precision), $"{Precision} is not a precision.");
        }

        if (!Enum.IsDefined(Path))
        {
            throw new ArgumentOutOfRangeException(nameof(Path), $"{Path} is not a numerical path.");
        }
    }
}
