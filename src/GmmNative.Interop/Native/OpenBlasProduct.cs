using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>OpenBLAS with its own LAPACK.</summary>
internal sealed unsafe class OpenBlasProduct : NativeProduct
{
    public override BackendKind Kind => BackendKind.OpenBlas;

    public override string DisplayName => "OpenBLAS";

    public override bool NeedsShield => true;

    public override string DebianPackage => "libopenblas0-pthread";

    // Without the -dev package, Debian has only the versioned name.
    public override IReadOnlyList<string> FileNames { get; } = OperatingSystem.IsWindows()
        ? ["libopenblas.dll", "openblas.dll"]
        : ["libopenblas.so.0", "libopenblas.so"];

    public override LibraryIdentity Prepare(nint library, string? path)
    {
        var getConfiguration = (delegate* unmanaged[Cdecl]<byte*>)Find(library, "openblas_get_config");
        var getCore = (delegate* unmanaged[Cdecl]<byte*>)Find(library, "openblas_get_corename");
        var setThreads = (delegate* unmanaged[Cdecl]<int, void>)Find(library, "openblas_set_num_threads");

        var getParallel = (delegate* unmanaged[Cdecl]<int>)Find(library, "openblas_get_parallel");

        string configuration = Marshal.PtrToStringUTF8((nint)getConfiguration()) ?? "";
        if (HasWideIntegers(configuration))
        {
            throw new LibraryRefusedException("integer width 64 (built with USE64BITINT); 32 is needed");
        }

        CheckThreads(getParallel());
        setThreads(1);
        return new LibraryIdentity(VersionIn(configuration), $"{Marshal.PtrToStringUTF8((nint)getCore())} kernels");
    }

    /// <summary>
    /// Rejects a build without threads. If two threads call Debian's build at the same time, it gives both the same buffer and computes
    /// wrong numbers. Such a build cannot be distinguished from a build with locks.
    /// </summary>
    /// <param name="parallel">The result of <c>openblas_get_parallel</c>: 0 without threads, 1 with its own threads, 2 with OpenMP.</param>
    /// <exception cref="LibraryRefusedException">The library was built without threads.</exception>
    internal static void CheckThreads(int parallel)
    {
        if (parallel == 0)
        {
            throw new LibraryRefusedException(
                "built without threads: several threads cannot call it at the same time; use the variant with threads");
        }
    }

    /// <summary>Whether a configuration such as "OpenBLAS 0.3.21 USE64BITINT DYNAMIC_ARCH ..." specifies 64-bit integers.</summary>
    internal static bool HasWideIntegers(string configuration) =>
        configuration.Split(' ').Any(word => word is "USE64BITINT" or "INTERFACE64" or "INTERFACE64=1");

    /// <summary>Returns the number in "OpenBLAS 0.3.21 NO_LAPACKE ...". Libraries before 0.3 do not report it.</summary>
    internal static string VersionIn(string configuration)
    {
        string[] words = configuration.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words[0] == "OpenBLAS" ? words[1] : "unknown";
    }
}
