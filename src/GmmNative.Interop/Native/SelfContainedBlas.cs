using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>
/// The library that the folder <c>native</c> of this repository builds: MKL's or OpenBLAS's routines in one file, with a few functions of
/// our own that tell what it is (<c>gmmnative_blas.h</c>). It serves as the backend of the vendor whose routines it has.
/// </summary>
internal static unsafe class SelfContainedBlas
{
    /// <summary>The version of the library's interface that is understood here.</summary>
    public const int Interface = 1;

    /// <summary>What the refusal of a library says that serves as another backend.</summary>
    public const string ServesAs = " and serves as ";

    private const string InterfaceFunction = "gmmnative_blas_interface";
    private const int Pool = 1;

    /// <summary>Its file name.</summary>
    public static string FileName { get; } = OperatingSystem.IsWindows() ? "libgmmnative_blas.dll" : "libgmmnative_blas.so";

    /// <summary>Whether a loaded library is one of these.</summary>
    public static bool IsOne(nint library) => NativeLibrary.TryGetExport(library, InterfaceFunction, out _);

    /// <summary>Makes sure that the library is understood and serves as the backend of a product; calls none of its routines.</summary>
    /// <exception cref="LibraryRefusedException">It is of another interface, another vendor or other integers.</exception>
    /// <exception cref="EntryPointNotFoundException">A function of the interface is missing; the message is its name.</exception>
    public static void CheckServes(nint library, NativeProduct product)
    {
        int version = Number(library, InterfaceFunction);
        if (version != Interface)
        {
            throw new LibraryRefusedException(
                $"its interface has version {version}, this program knows {Interface}: use the library of the same release");
        }

        string vendor = Text(library, "gmmnative_blas_vendor");
        if (vendor != product.DisplayName)
        {
            NativeProduct? own = NativeProduct.All.FirstOrDefault(other => other.DisplayName == vendor);
            throw new LibraryRefusedException(own is null
                ? $"it is made of '{vendor}', which this program does not know"
                : $"it is made of {vendor}{ServesAs}{BackendNames.NameOf(own.Kind)}");
        }

        int bits = Number(library, "gmmnative_blas_integer_bits");
        if (bits != 32)
        {
            throw new LibraryRefusedException($"integer width {bits}; 32 is needed");
        }
    }

    /// <summary>Makes the library ready for calls from many threads; called before any of its routines.</summary>
    /// <exception cref="EntryPointNotFoundException">A function of the interface is missing; the message is its name.</exception>
    public static LibraryIdentity Prepare(nint library)
    {
        string version = Text(library, "gmmnative_blas_version");
        string configuration = Text(library, "gmmnative_blas_configuration");
        string threading = Number(library, "gmmnative_blas_threading") == Pool ? "kept to one thread" : "sequential";

        // Not 0 only when MKL was used before: operands on 64-byte boundaries give the same bits anyway.
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
