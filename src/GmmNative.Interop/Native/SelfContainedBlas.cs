using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>
/// The self-contained library, which the folder <c>native</c> of this repository builds: MKL's or OpenBLAS's routines in one file, with
/// additional functions that identify it (<c>gmmnative_blas.h</c>). It serves as the backend of the vendor whose routines it contains.
/// </summary>
internal static unsafe class SelfContainedBlas
{
    /// <summary>The supported version of the library's interface.</summary>
    public const int Interface = 1;

    /// <summary>The part of the message when a library serves as another backend.</summary>
    public const string ServesAs = " and serves as ";

    private const string InterfaceFunction = "gmmnative_blas_interface";
    private const int Pool = 1;

    /// <summary>The file name.</summary>
    public static string FileName { get; } = OperatingSystem.IsWindows() ? "libgmmnative_blas.dll" : "libgmmnative_blas.so";

    /// <summary>Whether a loaded library is a self-contained library.</summary>
    public static bool IsOne(nint library) => NativeLibrary.TryGetExport(library, InterfaceFunction, out _);

    /// <summary>
    /// Checks that the interface is supported and that the library serves as the backend of a product. Calls none of its routines.
    /// </summary>
    /// <exception cref="LibraryRefusedException">The interface version, the vendor or the integer width does not match.</exception>
    /// <exception cref="EntryPointNotFoundException">A function of the interface is missing; the message is its name.</exception>
    public static void CheckServes(nint library, NativeProduct product)
    {
        int version = Number(library, InterfaceFunction);
        if (version != Interface)
        {
            throw new LibraryRefusedException(
                $"its interface has version {version}, but this program needs {Interface}: use the library of the same release");
        }

        string vendor = Text(library, "gmmnative_blas_vendor");
        if (vendor != product.DisplayName)
        {
            NativeProduct? own = NativeProduct.All.FirstOrDefault(other => other.DisplayName == vendor);
            throw new LibraryRefusedException(own is null
                ? $"it is made of '{vendor}', which this program does not support"
                : $"it is made of {vendor}{ServesAs}{BackendNames.NameOf(own.Kind)}");
        }

        int bits = Number(library, "gmmnative_blas_integer_bits");
        if (bits != 32)
        {
            throw new LibraryRefusedException($"integer width {bits}; 32 is needed");
        }
    }

    /// <summary>Initializes the library for calls from many threads. Called before all its routines.</summary>
    /// <exception cref="EntryPointNotFoundException">A function of the interface is missing; the message is its name.</exception>
    public static LibraryIdentity Prepare(nint library)
    {
        string version = Text(library, "gmmnative_blas_version");
        string configuration = Text(library, "gmmnative_blas_configuration");
        string threading = Number(library, "gmmnative_blas_threading") == Pool ? "limited to one thread" : "sequential";

        // The result is not 0 only if MKL was used before. That is harmless, because operands on 64-byte boundaries give the same bits
        // anyway.
        _ = Number(library, "gmmnative_blas_initialize");

        string made = $"self-contained GmmNative BLAS made of {Text(library, "gmmnative_blas_vendor")}";
        string[] details = [made, configuration, threading, "32-bit integers (LP64)", $"interface {Interface}"];
        return new LibraryIdentity(version, string.Join(", ", details.Where(detail => detail.Length > 0)));
    }

    private static int Number(nint library, string function) => ((delegate* unmanaged[Cdecl]<int>)Find(library, function))();

    private static string Text(nint library, string function) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)Find(library, function))()) ?? "";

    private static nint Find(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address) ? address : throw new EntryPointNotFoundException(name);
}
