using GmmNative.Interop.Loading;

namespace GmmNative.Interop.Native;

/// <summary>
/// The libraries that MKL consists of. <c>mkl_rt</c> loads the other libraries on its first call. If one is missing or damaged, it ends the
/// process; if one is truncated, the loader crashes. Therefore all parts are checked, and the required ones are loaded, before the first
/// call.
/// </summary>
internal static class MklParts
{
    private const string RuntimeStem = "libmkl_rt";

    // In the order in which mkl_rt loads them. Each one needs symbols of the previous ones.
    private static readonly string[] Layers = ["libmkl_core", "libmkl_sequential", "libmkl_intel_lp64"];

    // MKL falls back to these kernels if those of the processor are missing, and ends the process if these are missing too.
    private const string DefaultKernels = "libmkl_def";

    // MKL uses the kernels of the processor. Missing ones are harmless, damaged ones are not.
    private static readonly string[] OtherKernels =
    [
        "libmkl_mc", "libmkl_mc3", "libmkl_avx", "libmkl_avx2", "libmkl_avx512", "libmkl_avx512_mic",
        "libmkl_vml_def", "libmkl_vml_mc", "libmkl_vml_mc2", "libmkl_vml_mc3", "libmkl_vml_avx", "libmkl_vml_avx2", "libmkl_vml_avx512",
        "libmkl_vml_avx512_mic", "libmkl_vml_cmpt",
    ];

    // On Windows the interface layer is in mkl_rt itself, and nothing has to be loaded before it.
    private static readonly string[] WindowsRequiredParts = ["mkl_core", "mkl_sequential", "mkl_def"];

    private static readonly string[] WindowsOtherKernels =
    [
        "mkl_mc", "mkl_mc3", "mkl_avx", "mkl_avx2", "mkl_avx512",
        "mkl_vml_def", "mkl_vml_mc", "mkl_vml_mc2", "mkl_vml_mc3", "mkl_vml_avx", "mkl_vml_avx2", "mkl_vml_avx512", "mkl_vml_cmpt",
    ];

    /// <summary>Checks that the parts exist and can be loaded.</summary>
    /// <param name="runtimePath">The file of <c>mkl_rt</c>, or <see langword="null"/> if it is not known.</param>
    /// <exception cref="LibraryRefusedException">A part is missing or damaged.</exception>
    public static void Check(string? runtimePath)
    {
        string? folder = Path.GetDirectoryName(runtimePath);
        if (OperatingSystem.IsWindows())
        {
            CheckOnWindows(folder);
            return;
        }

        string ending = Ending(runtimePath);
        var layers = Layers.Select(layer => RequiredPart(layer + ending, folder)).ToList();
        string kernels = RequiredPart(DefaultKernels + ending, folder);
        foreach (string part in OtherKernels)
        {
            _ = SoundPart(part + ending, folder);
        }

        foreach (string layer in layers)
        {
            Load(layer, forAll: true);
        }

        Load(kernels, forAll: false);
    }

    /// <summary>
    /// Returns the suffix, such as ".so.2" if the internal name of mkl_rt is libmkl_rt.so.2, regardless of its file name. mkl_rt loads
    /// parts with the same suffix.
    /// </summary>
    private static string Ending(string? runtimePath)
    {
        string? name = null;
        try
        {
            name = runtimePath is null ? null : ElfFile.Read(runtimePath).Soname;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The library is loaded, but its file is no longer readable. The oldest suffix is used, which developer packages also contain.
        }

        return name is not null && name.StartsWith(RuntimeStem, StringComparison.Ordinal) ? name[RuntimeStem.Length..] : ".so";
    }

    /// <summary>Returns the file of a part, or the name of the part if only the system's loader may find it.</summary>
    private static string RequiredPart(string name, string? folder) => SoundPart(name, folder) ?? name;

    /// <summary>Returns the checked file that mkl_rt would use for a part, or <see langword="null"/> if there is none.</summary>
    private static string? SoundPart(string name, string? folder)
    {
        // mkl_rt searches its own folder, the folder of the program, and the locations of the system's loader.
        string? path = new[] { folder, Path.GetDirectoryName(Environment.ProcessPath) }
            .Where(place => place is not null)
            .Select(place => Path.Combine(place!, name))
            .FirstOrDefault(File.Exists) ?? SystemLibrary.Find(name);
        if (path is not null && SystemLibrary.ProblemOf(path) is { } problem)
        {
            throw new LibraryRefusedException($"its part {path}: {problem}");
        }

        return path;
    }

    private static void Load(string part, bool forAll)
    {
        try
        {
            if (forAll)
            {
                SharedLibrary.LoadForAll(part);
            }
            else
            {
                SharedLibrary.Load(part, shielded: false);
            }
        }
        catch (DllNotFoundException error)
        {
            string reason = LoaderMessage.OneLine(error.Message, part);
            throw new LibraryRefusedException(Path.IsPathRooted(part)
                ? $"its part {part}: {reason}"
                : $"its part {part} is missing: MKL is not completely installed");
        }
    }

    private static void CheckOnWindows(string? folder)
    {
        foreach (string part in WindowsRequiredParts.Concat(WindowsOtherKernels))
        {
            // Packages omit the number in the file names of Intel's own installation.
            string? found = ((string[])[$"{part}.dll", $"{part}.1.dll", $"{part}.2.dll"])
                .Select(name => SoundPart(name, folder))
                .FirstOrDefault(path => path is not null);
            if (found is null && WindowsRequiredParts.Contains(part))
            {
                throw new LibraryRefusedException($"its part {part}.dll is missing: MKL is not completely installed");
            }
        }
    }
}
