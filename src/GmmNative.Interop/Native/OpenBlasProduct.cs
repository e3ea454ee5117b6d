using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>OpenBLAS with its own LAPACK.</summary>
internal sealed unsafe class OpenBlasProduct : NativeProduct
{
    public override BackendKind Kind => BackendKind.OpenBlas;

    public override string DisplayName => "OpenBLAS";

    public override bool NeedsShield => true;

    public override string DebianPackage => "libopenblas0-pthread";

    // Without the -dev package Debian has the versioned name only.
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
    /// Refuses a build without threads: called from two at once, Debian's gives both the same buffer and computes wrong numbers. It cannot
    /// be told from one that was built with locks.
    /// </summary>
    /// <param name="parallel">What <c>openblas_get_parallel</c> returns: 0 without threads, 1 with its own, 2 with OpenMP.</param>
    /// <exception cref="LibraryRefusedException">It was built without threads.</exception>
    internal static void CheckThreads(int parallel)
    {
        if (parallel == 0)
        {
            throw new LibraryRefusedException(
                "built without threads: it may not be called from several at once; use the variant with threads");
        }
    }

    /// <summary>Whether "OpenBLAS 0.3.21 USE64BITINT DYNAMIC_ARCH ..." tells 64-bit integers.</summary>
    internal static bool HasWideIntegers(string configuration) =>
        configuration.Split(' ').Any(word => word is "USE64BITINT" or "INTERFACE64" or "INTERFACE64=1");

    /// <summary>The number in "OpenBLAS 0.3.21 NO_LAPACKE ..."; libraries before 0.3 do not tell it.</summary>
    internal static string VersionIn(string configuration)
    {
        string[] words = configuration.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words[0] == "OpenBLAS" ? words[1] : "unknown";
    }
}
