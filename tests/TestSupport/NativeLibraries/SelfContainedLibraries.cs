using System.Runtime.InteropServices;
using GmmNative.Interop;

namespace GmmNative.TestSupport;

/// <summary>The libraries that the folder <c>native</c> of this repository builds, for tests that run on them.</summary>
/// <remarks>
/// <c>GMMNATIVE_TEST_LIBRARIES=mkl=PATH:openblas=PATH</c> (<c>;</c> on Windows) specifies their locations; without it they are where
/// <c>cmake --build</c> leaves them. Tests that need them carry the trait <c>Requires=GmmNativeBlas</c> and fail when they are not built.
/// </remarks>
public static class SelfContainedLibraries
{
    /// <summary>The environment variable with the locations of the libraries.</summary>
    public const string Variable = "GMMNATIVE_TEST_LIBRARIES";

    /// <summary>The name of the trait for the requirements of a test.</summary>
    public const string Requires = "Requires";

    /// <summary>The value of <see cref="Requires"/> on tests that need these libraries.</summary>
    public const string Trait = "GmmNativeBlas";

    private static readonly Dictionary<BackendKind, string> Paths = Find();

    /// <summary>The vendors whose libraries are built: MKL, OpenBLAS or both.</summary>
    public static IReadOnlyList<BackendKind> Kinds => Paths.Count > 0 ? [.. Paths.Keys]
        : throw new InvalidOperationException(
            "No self-contained library is built: cmake --preset linux-x64-openblas && cmake --build --preset linux-x64-openblas, "
            + $"or leave these tests out with -trait- {Requires}={Trait}.");

    /// <summary>The file of the library made of a vendor in <see cref="Kinds"/>.</summary>
    public static string PathOf(BackendKind kind) => Paths[kind];

    /// <summary>
    /// A library that the build makes for tests of the loader: <c>interface</c>, <c>vendor</c> or <c>integers</c>, after what is wrong.
    /// </summary>
    public static string Stub(string name) => ForTests($"libstub_{name}");

    /// <summary>
    /// A library that has the functions of a vendor's own, <c>mkl</c> or <c>openblas</c>, and OpenBLAS's routines. For Windows only.
    /// </summary>
    public static string Imitation(string vendor) => ForTests($"libimitation_{vendor}");

    private static string ForTests(string name)
    {
        // <output>/runtimes/<rid>/native/<library>, <output>/stubs/<rid>/<stub>
        FileInfo library = new(PathOf(Kinds[0]));
        DirectoryInfo rid = library.Directory!.Parent!;
        return Path.Combine(rid.Parent!.Parent!.FullName, "stubs", rid.Name, name + library.Extension);
    }

    private static Dictionary<BackendKind, string> Find()
    {
        var paths = new Dictionary<BackendKind, string>();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            foreach (string entry in given.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = entry.Split('=', 2);
                if (parts.Length != 2 || !BackendNames.TryParse(parts[0], out BackendKind kind) || !File.Exists(parts[1]))
                {
                    throw new InvalidOperationException($"{Variable} holds '{entry}', which is not the name of a vendor, '=' and a file.");
                }

                paths.Add(kind, Path.GetFullPath(parts[1]));
            }

            return paths;
        }

        bool windows = OperatingSystem.IsWindows();
        string rid = windows ? "win-x64" : "linux-x64";
        string file = windows ? "libgmmnative_blas.dll" : "libgmmnative_blas.so";
        foreach (BackendKind kind in (ReadOnlySpan<BackendKind>)[BackendKind.Mkl, BackendKind.OpenBlas])
        {
            string path = Path.Combine(TestData.Root, "artifacts", BackendNames.NameOf(kind), "runtimes", rid, "native", file);
            if (File.Exists(path) && RuntimeInformation.ProcessArchitecture == Architecture.X64)
            {
                paths.Add(kind, path);
            }
        }

        return paths;
    }
}
