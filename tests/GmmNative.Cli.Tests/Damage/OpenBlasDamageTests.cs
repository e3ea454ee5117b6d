using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Damage;

/// <summary>OpenBLAS beside the program and in the system's search, whole and damaged.</summary>
[Trait(SelfContainedLibraries.Requires, "OpenBLAS")]
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class OpenBlasDamageTests
{
    private const string FileName = "libopenblas.so.0";

    // What OpenBLAS needs beside the C library.
    private const string FortranLibrary = "libgfortran.so.5";

    public static TheoryData<LibraryDamage> Damages => [.. Enum.GetValues<LibraryDamage>()];

    // The system's loader passes those of another architecture over, and takes the one that is whole.
    public static TheoryData<LibraryDamage> DamagesThatHide =>
        [.. Enum.GetValues<LibraryDamage>().Except([LibraryDamage.Deleted, LibraryDamage.OtherMachine, LibraryDamage.OtherWidth])];

    private static string Library => Backends.Select(BackendKind.OpenBlas).Backend.Library!;

    [Fact]
    public void Program_LibraryBesideIt_ComputesWithIt()
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.Application, FileName);
        File.Copy(Library, library);
        program.AssertComputes("openblas", library);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Program_DamagedLibraryBesideIt_ComputesWithoutIt(LibraryDamage damage)
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.Application, FileName);
        DamagedLibrary.Write(Library, library, damage);
        program.AssertManagedInstead("openblas", $"{library} (application): {DamagedLibrary.Message(damage)}");
    }

    [Theory]
    [MemberData(nameof(DamagesThatHide))]
    public void Program_DamagedLibraryOfTheSystem_ComputesWithoutIt(LibraryDamage damage)
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.System, FileName);
        DamagedLibrary.Write(Library, library, damage);
        program.AssertManagedInstead("openblas", $"{FileName} (system): {library}: {DamagedLibrary.Message(damage)}");
    }

    [Theory]
    [InlineData(LibraryDamage.OtherMachine)]
    [InlineData(LibraryDamage.OtherWidth)]
    public void Program_LibraryOfAnotherArchitectureFirstInTheSystem_TakesTheNext(LibraryDamage damage)
    {
        using IsolatedProgram program = new();
        DamagedLibrary.Write(Library, Path.Combine(program.System, FileName), damage);
        program.AssertComputes("openblas", $"{FileName} (system)");
    }

    [Theory]
    [MemberData(nameof(DamagesThatHide))]
    public void Program_LibraryWhoseDependencyIsDamaged_ComputesWithoutIt(LibraryDamage damage)
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.Application, FileName);
        string dependency = Path.Combine(program.System, FortranLibrary);
        File.Copy(Library, library);
        DamagedLibrary.Write(Library, dependency, damage);
        program.AssertManagedInstead("openblas", $"{library} (application): it needs {dependency}: {DamagedLibrary.Message(damage)}");
    }
}
