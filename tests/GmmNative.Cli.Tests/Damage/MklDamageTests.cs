using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Damage;

/// <summary>MKL beside the program with one of its files missing or damaged: by itself it would end the process.</summary>
[Trait(SelfContainedLibraries.Requires, "MKL")]
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class MklDamageTests
{
    private const string Runtime = "libmkl_rt.so";

    // The layers and the kernels of last resort, without which MKL does not start.
    private static readonly string[] NeededParts = ["libmkl_core.so", "libmkl_sequential.so", "libmkl_intel_lp64.so", "libmkl_def.so"];

    // Kernels of some processors: MKL does without those that are missing.
    private static readonly string[] OtherParts = ["libmkl_avx2.so", "libmkl_avx512.so", "libmkl_vml_def.so"];

    public static TheoryData<LibraryDamage> Damages => [.. Enum.GetValues<LibraryDamage>()];

    public static MatrixTheoryData<string, LibraryDamage> DamagedParts => new(
        [.. NeededParts, .. OtherParts],
        [LibraryDamage.Empty, LibraryDamage.Half, LibraryDamage.PageLess, LibraryDamage.Text, LibraryDamage.OtherMachine]);

    public static TheoryData<string> Needed => [.. NeededParts];

    public static TheoryData<string> Others => [.. OtherParts];

    private static string InstalledIn => Path.GetDirectoryName(Backends.Select(BackendKind.Mkl).Backend.Library)!;

    [Fact]
    public void Program_LibraryBesideIt_ComputesWithIt()
    {
        using IsolatedProgram program = ProgramWithMkl();
        program.AssertComputes("mkl", Path.Combine(program.Application, Runtime));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Program_DamagedRuntime_ComputesWithoutIt(LibraryDamage damage)
    {
        using IsolatedProgram program = ProgramWithMkl();
        string library = Path.Combine(program.Application, Runtime);
        DamagedLibrary.Write(Path.Combine(InstalledIn, Runtime), library, damage);
        program.AssertManagedInstead("mkl", $"{library} (application): {DamagedLibrary.Message(damage)}");
    }

    [Theory]
    [MemberData(nameof(DamagedParts))]
    public void Program_DamagedPart_ComputesWithoutMkl(string name, LibraryDamage damage)
    {
        using IsolatedProgram program = ProgramWithMkl();
        string part = Path.Combine(program.Application, name);
        DamagedLibrary.Write(Path.Combine(InstalledIn, name), part, damage);
        program.AssertManagedInstead(
            "mkl", $"{Path.Combine(program.Application, Runtime)} (application): its part {part}: {DamagedLibrary.Message(damage)}");
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public void Program_NeededPartMissing_ComputesWithoutMkl(string name)
    {
        using IsolatedProgram program = ProgramWithMkl();
        File.Delete(Path.Combine(program.Application, name));
        program.AssertManagedInstead("mkl", $"{Path.Combine(program.Application, Runtime)} (application): its part ", name);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Program_OtherPartMissing_ComputesWithMkl(string name)
    {
        using IsolatedProgram program = ProgramWithMkl();
        File.Delete(Path.Combine(program.Application, name));
        File.Delete(Path.Combine(program.System, name));
        program.AssertComputes("mkl", Path.Combine(program.Application, Runtime));
    }

    /// <summary>MKL beside the program, with its parts as links and nowhere else, so that a missing part is not found.</summary>
    private static IsolatedProgram ProgramWithMkl()
    {
        IsolatedProgram program = new();
        foreach (string file in Directory.EnumerateFiles(InstalledIn, "libmkl_*.so"))
        {
            string name = Path.GetFileName(file);
            program.HideFromSystem(name);
            File.CreateSymbolicLink(Path.Combine(program.Application, name), file);
        }

        return program;
    }
}
