using GmmNative.Interop.Loading;

namespace GmmNative.Interop.Native;

/// <summary>
/// The libraries that MKL is made of. <c>mkl_rt</c> loads the others when it is first called, and ends the process when one is missing or
/// damaged, or dies with the loader on one that was cut short: they are looked at, and those that are always needed are loaded, before
/// that.
/// </summary>
internal static class MklParts
{
    private const string RuntimeStem = "libmkl_rt";

    // In the order in which mkl_rt loads them; each leans on symbols of those before it.
    private static readonly string[] Layers = ["libmkl_core", "libmkl_sequential", "libmkl_intel_lp64"];

    // MKL falls back on these kernels where those of the processor are missing, and ends the process where these are missing as well.
    private const string DefaultKernels = "libmkl_def";

    // MKL takes those of the processor. Missing ones do no harm, damaged ones do.
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

    /// <summary>Makes sure that the parts are there and can be loaded.</summary>
    /// <param name="runtimePath">The file of <c>mkl_rt</c>, or <see langword="null"/> when that is not known.</param>
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
    /// ".so.2" of mkl_rt that calls itself libmkl_rt.so.2, whatever its file is called: it asks for parts of the same ending.
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
            // It is loaded, but its file cannot be read any more: the oldest ending, which packages for developers have too.
        }

        return name is not null && name.StartsWith(RuntimeStem, StringComparison.Ordinal) ? name[RuntimeStem.Length..] : ".so";
    }

    /// <summary>The file of a part or, when only the system's loader may know it, the part's name.</summary>
    private static string RequiredPart(string name, string? folder) => SoundPart(name, folder) ?? name;

    /// <summary>The file that mkl_rt takes for a part, which has been looked at; <see langword="null"/> when there is none.</summary>
    private static string? SoundPart(string name, string? folder)
    {
        // Where mkl_rt itself looks: beside it, beside the program, where the system's loader looks.
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
            // Packages drop the number that the names of Intel's own installation carry.
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
