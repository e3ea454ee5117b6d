using System.Runtime.InteropServices;

namespace GmmNative.Interop.Loading;

/// <summary>Loads shared libraries, optionally shielded from the symbols of other libraries.</summary>
internal static unsafe class SharedLibrary
{
    // The values of glibc's dlfcn.h.
    private const int Lazy = 0x1;
    private const int DeepBind = 0x8;
    private const int Global = 0x100;

    /// <summary>Loads a library.</summary>
    /// <param name="name">A full path, or a bare name for the system's loader to look up.</param>
    /// <param name="shielded">
    /// Whether the library's calls to its own functions must be protected. MKL exports all of BLAS and LAPACK to the whole process when it
    /// is first called. Without the shield, OpenBLAS's dpotri would call MKL's dtrtri from then on. Linux only: on other systems, a library
    /// always calls its own functions.
    /// </param>
    /// <exception cref="DllNotFoundException">The library cannot be loaded; the message gives the reason.</exception>
    /// <exception cref="BadImageFormatException">The library was built for another architecture.</exception>
    public static nint Load(string name, bool shielded)
    {
        return OperatingSystem.IsLinux() && shielded ? Open(name, Lazy | DeepBind) : NativeLibrary.Load(name);
    }

    /// <summary>Loads a library so that all other libraries in the process can call its functions. Linux only.</summary>
    /// <param name="name">A full path, or a bare name for the system's loader to look up.</param>
    /// <exception cref="DllNotFoundException">The library cannot be loaded; the message gives the reason.</exception>
    public static void LoadForAll(string name) => Open(name, Lazy | Global);

    private static nint Open(string name, int flags)
    {
        nint program = NativeLibrary.GetMainProgramHandle();
        if (!NativeLibrary.TryGetExport(program, "dlopen", out nint open)
            || !NativeLibrary.TryGetExport(program, "dlerror", out nint error))
        {
            return NativeLibrary.Load(name);
        }

        nint text = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            nint library = ((delegate* unmanaged[Cdecl]<nint, int, nint>)open)(text, flags);
            return library != 0
                ? library
                : throw new DllNotFoundException(Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)error)()) ?? "");
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }
}
