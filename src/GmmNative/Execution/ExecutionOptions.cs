using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// On what, and how, to compute. None of it but <see cref="Backend"/>, <see cref="Precision"/> and <see cref="Path"/> changes a result, by
/// even a bit.
/// </summary>
/// <example>
/// <code>
/// ExecutionOptions execution = new() { Threads = 4, Precision = Precision.Single, Backend = Backends.Managed };
/// GmmOptions options = new() { Execution = execution };
/// </code>
/// </example>
public sealed record ExecutionOptions
{
    /// <summary>All defaults.</summary>
    public static ExecutionOptions Default { get; } = new();

    /// <summary>The dense operations; <see langword="null"/> [default] for <see cref="BackendKind.Auto"/>'s choice.</summary>
    public DenseBackend? Backend { get; init; }

    /// <summary>Threads to use; 0 [default] for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Precision of rows and products [<see cref="Precision.Double"/>].</summary>
    public Precision Precision { get; init; }

    /// <summary>Numerical path [<see cref="NumericalPath.Auto"/>].</summary>
    public NumericalPath Path { get; init; }

    /// <summary>
    /// Most rows to ask of a source at a time; <see langword="null"/> [default] for as many as a unit of work takes. It bounds
    /// what a source must produce at once.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Threads negative, batch size below 1, or an undefined enumeration value.</exception>
    public void Validate()
    {
        // Without the actual value as an argument: it would make the message two lines.
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
