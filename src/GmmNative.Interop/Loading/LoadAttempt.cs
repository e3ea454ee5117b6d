namespace GmmNative.Interop;

/// <summary>One name that was tried while looking for a native library.</summary>
/// <param name="Kind">The backend it was tried for.</param>
/// <param name="Name">The path or library name.</param>
/// <param name="Source">What told to try it: <c>GMMNATIVE_BLAS_PATH</c>, <c>application</c>, <c>MKLROOT</c> or <c>system</c>.</param>
/// <param name="Failure">Why it was not used, one line; <see langword="null"/> when it was.</param>
/// <example>
/// <code>
/// foreach (LoadAttempt attempt in Backends.Select().Report.Attempts)
/// {
///     Console.WriteLine($"{attempt.Name} ({attempt.Source}): {attempt.Failure ?? "used"}");
/// }
/// </code>
/// </example>
public sealed record LoadAttempt(BackendKind Kind, string Name, string Source, string? Failure)
{
    /// <summary>The attempt on one line: backend, name, source, outcome.</summary>
    public override string ToString() => $"{BackendNames.NameOf(Kind)}: {Name} ({Source}): {Failure ?? "loaded"}";
}
