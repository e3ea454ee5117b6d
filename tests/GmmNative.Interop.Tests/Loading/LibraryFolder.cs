using System.Diagnostics;
using System.Runtime.InteropServices;
using GmmNative.Interop.Native;

namespace GmmNative.Interop.Tests;

/// <summary>A temporary application folder to put libraries, and what only looks like one, into.</summary>
internal sealed class LibraryFolder : IDisposable
{
    private readonly Dictionary<string, string> _environment = [];

    public LibraryFolder() => Path = Directory.CreateTempSubdirectory("gmmnative-").FullName;

    public string Path { get; }

    /// <summary>A search in this folder and nowhere else, with the variables set by <see cref="Set"/> and no others.</summary>
    public BackendSearch Search => new()
    {
        Environment = name => _environment.GetValueOrDefault(name),
        ApplicationFolder = Path,
        RuntimeIdentifier = "test-x64",
        SystemLibraries = false,
    };

    /// <summary>The first file name that a backend's library is looked for under.</summary>
    public static string NameOf(BackendKind kind) => NativeProduct.Of(kind).FileNames[0];

    /// <summary>A shared library that is always there and no BLAS: a part of the .NET runtime.</summary>
    public static string HarmlessLibrary => System.IO.Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(),
        OperatingSystem.IsWindows() ? "System.IO.Compression.Native.dll" : "libSystem.IO.Compression.Native.so");

    public LibraryFolder Set(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    /// <summary>The full path of a file in the folder, whose own folder is made.</summary>
    public string PathOf(params ReadOnlySpan<string> parts)
    {
        string path = System.IO.Path.Combine([Path, .. parts]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.Delete(Path, recursive: true);
            return;
        }

        // Windows does not delete the files of loaded libraries, and libraries stay loaded. These files remain in the temporary folder.
        using Process process = Process.GetCurrentProcess();
        var loaded = process.Modules.Cast<ProcessModule>().Select(module => module.FileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(file => !loaded.Contains(file)))
        {
            File.Delete(file);
        }
    }
}
