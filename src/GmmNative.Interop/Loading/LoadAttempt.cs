namespace GmmNative.Interop;

/// <summary>An attempt to load a native library.</summary>
/// <param name="Kind">The backend that the library would implement.</param>
/// <param name="Name">The path or library name.</param>
/// <param name="Source">Where the candidate came from: <c>GMMNATIVE_BLAS_PATH</c>, <c>application</c>, <c>MKLROOT</c> or
/// <c>system</c>.</param>
/// <param name="Failure">Why the library was not used, in one line; <see langword="null"/> if it is used.</param>
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
    /// <summary>Describes the attempt in one line: backend, name, source, outcome.</summary>
    public override string ToString() => $"{BackendNames.NameOf(Kind)}: {Name} ({Source}): {Failure ?? "loaded"}";
}
