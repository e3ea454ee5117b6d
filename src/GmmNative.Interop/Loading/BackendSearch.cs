using System.Runtime.InteropServices;

namespace GmmNative.Interop;

/// <summary>The locations to search for native libraries. By default they come from the environment variables of the process.</summary>
/// <remarks>
/// The order is: the files and folders in <c>GMMNATIVE_BLAS_PATH</c>; <see cref="ApplicationFolder"/> and its
/// <c>runtimes/&lt;rid&gt;/native</c>; for MKL, the folder in <c>MKLROOT</c>; the system's own library search. In all folders except the
/// last two locations, the self-contained library <c>libgmmnative_blas</c> comes before the vendor's own library. Immutable. Thread-safe if
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
    /// Returns the value of an environment variable, or <see langword="null"/> if it is not set. Called for <c>GMMNATIVE_BACKEND</c>,
    /// <c>GMMNATIVE_BLAS_PATH</c> and <c>MKLROOT</c>.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The folder of the application.</summary>
    public string ApplicationFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The platform in the name of the folder <c>runtimes/&lt;rid&gt;/native</c>, such as <c>linux-x64</c>.</summary>
    public string RuntimeIdentifier { get; init; } = PortableRuntimeIdentifier;

    /// <summary>Whether to finally try bare names, which the system's loader looks up. The default is true.</summary>
    public bool SystemLibraries { get; init; } = true;

    // Not RuntimeInformation.RuntimeIdentifier: a runtime built by a Linux distribution returns the identifier of that distribution, but
    // packages use the portable one.
    private static string PortableRuntimeIdentifier =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
}
