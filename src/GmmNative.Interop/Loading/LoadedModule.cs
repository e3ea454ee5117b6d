using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Loading;

/// <summary>Determines the file of a loaded library.</summary>
internal static class LoadedModule
{
    /// <summary>Returns the full path of the file that contains an exported function, or <see langword="null"/> if it is unknown.</summary>
    public static string? PathOf(nint library, string export)
    {
        if (!NativeLibrary.TryGetExport(library, export, out nint address))
        {
            return null;
        }

        using Process process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            nint offset = address - module.BaseAddress;
            if (offset >= 0 && offset < module.ModuleMemorySize && Path.IsPathRooted(module.FileName))
            {
                return module.FileName;
            }
        }

        return null;
    }
}
