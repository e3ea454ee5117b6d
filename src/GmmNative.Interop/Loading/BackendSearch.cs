using System.Runtime.InteropServices;

namespace GmmNative.Interop;

/// <summary>Where to look for native libraries, and whose environment variables count. The default is the process's own.</summary>
/// <remarks>
/// The order: the files and folders that <c>GMMNATIVE_BLAS_PATH</c> names; <see cref="ApplicationFolder"/> and its
/// <c>runtimes/&lt;rid&gt;/native</c>; for MKL, the folder that <c>MKLROOT</c> names; the system's own library search. In each folder but
/// the last two, the self-contained library <c>libgmmnative_blas</c> comes before the vendor's own. Immutable; usable from any thread if
/// <see cref="Environment"/> is.
/// </remarks>
/// <example>
/// <code>
/// BackendSearch search = new() { ApplicationFolder = "/opt/blas" };
/// BackendSelection selection = Backends.Select(BackendKind.Auto, search);
/// </code>
/// </example>
public sealed record BackendSearch
{
    /// <summary>The process's own environment and application folder.</summary>
    public static BackendSearch Default { get; } = new();

    /// <summary>
    /// Looks an environment variable up; <see langword="null"/> when it is not set. Asked for <c>GMMNATIVE_BACKEND</c>,
    /// <c>GMMNATIVE_BLAS_PATH</c> and <c>MKLROOT</c>.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The folder of the application.</summary>
    public string ApplicationFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The platform in the name of the folder <c>runtimes/&lt;rid&gt;/native</c>, such as <c>linux-x64</c>.</summary>
    public string RuntimeIdentifier { get; init; } = PortableRuntimeIdentifier;

    /// <summary>Whether to try bare names, for the system's loader to look up, after everything else [true].</summary>
    public bool SystemLibraries { get; init; } = true;

    // Not RuntimeInformation.RuntimeIdentifier: a runtime built by a distribution tells that distribution, packages are made for all.
    private static string PortableRuntimeIdentifier =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
}
