using System.Buffers;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>Intel's Math Kernel Library through its single dynamic library, <c>mkl_rt</c>.</summary>
internal sealed unsafe class MklProduct : NativeProduct
{
    private const int InterfaceLp64 = 0;
    private const int Ilp64Bit = 1;
    private const int ThreadingSequential = 1;
    private const int ReproducibleAuto = 2;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    public override BackendKind Kind => BackendKind.Mkl;

    public override string DisplayName => "MKL";

    // The parts of MKL find each other through the symbols of the whole process.
    public override bool NeedsShield => false;

    public override string DebianPackage => "libmkl-rt";

    public override IReadOnlyList<string> FileNames { get; } = OperatingSystem.IsWindows()
        ? ["mkl_rt.dll", "mkl_rt.1.dll", "mkl_rt.2.dll"]
        : ["libmkl_rt.so", "libmkl_rt.so.1", "libmkl_rt.so.2"];

    public override IEnumerable<(string Folder, string Source)> OwnFolders(BackendSearch search)
    {
        string? root = search.Environment("MKLROOT");
        if (string.IsNullOrWhiteSpace(root))
        {
            yield break;
        }

        // Linux: lib since 2024, lib/intel64 before. Windows: bin since 2024, redist/intel64 before.
        string[] places = OperatingSystem.IsWindows() ? ["bin", "redist/intel64", "bin/intel64"] : ["lib", "lib/intel64"];
        foreach (string place in places)
        {
            yield return (Path.Combine(Path.GetFullPath(root), Path.Combine(place.Split('/'))), "MKLROOT");
        }
    }

    public override LibraryIdentity Prepare(nint library, string? path)
    {
        var setInterface = (delegate* unmanaged[Cdecl]<int, int>)Find(library, "MKL_Set_Interface_Layer");
        var setThreading = (delegate* unmanaged[Cdecl]<int, int>)Find(library, "MKL_Set_Threading_Layer");
        var setThreads = (delegate* unmanaged[Cdecl]<int, void>)Find(library, "MKL_Set_Num_Threads");
        var setReproducible = (delegate* unmanaged[Cdecl]<int, int>)Find(library, "MKL_CBWR_Set");
        var getVersion = (delegate* unmanaged[Cdecl]<byte*, int, void>)Find(library, "MKL_Get_Version_String");
        MklParts.Check(path);

        // The first computation fixes both layers. These two calls come before it and override MKL_INTERFACE_LAYER and MKL_THREADING_LAYER.
        // With the default threading layer, the first computation ends the process if Intel OpenMP is not installed.
        if ((setInterface(InterfaceLp64) & Ilp64Bit) != 0)
        {
            throw new LibraryRefusedException("integer width 64 (ILP64) is already in use in this process; 32 (LP64) is needed");
        }

        if (setThreading(ThreadingSequential) != ThreadingSequential)
        {
            // Other code in this process has already computed with MKL, so the threading layer is fixed. It is limited to one thread.
            setThreads(1);
        }

        // Requests the same bits for the same numbers at any memory address. MKL rejects the request if it was used before. That is
        // harmless, because operands on 64-byte boundaries give the same bits anyway.
        _ = setReproducible(ReproducibleAuto);

        byte* text = stackalloc byte[256];
        getVersion(text, 255);
        return new LibraryIdentity(VersionIn(Marshal.PtrToStringUTF8((nint)text) ?? ""), "sequential");
    }

    /// <summary>Returns the number in "Intel(R) oneAPI Math Kernel Library Version 2024.2-Product Build 20240605 for ...".</summary>
    internal static string VersionIn(string text)
    {
        const string Before = "Version ";
        int start = text.IndexOf(Before, StringComparison.Ordinal);
        if (start < 0)
        {
            return "unknown";
        }

        string rest = text[(start + Before.Length)..];
        int end = rest.AsSpan().IndexOfAnyExcept(NumberCharacters);
        return (end < 0 ? rest : rest[..end]).TrimEnd('.');
    }
}
