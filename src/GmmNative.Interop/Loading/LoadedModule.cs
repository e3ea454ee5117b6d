using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Loading;

/// <summary>Finds out which file a loaded library came from.</summary>
internal static class LoadedModule
{
    /// <summary>The full path of the file that holds an exported function, or <see langword="null"/> when it cannot be told.</summary>
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
