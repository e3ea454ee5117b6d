using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Damage;

/// <summary>The self-contained library beside the program, whole and damaged.</summary>
[Trait(SelfContainedLibraries.Requires, SelfContainedLibraries.Trait)]
[Trait("Lane", "Slow")]
public sealed class SelfContainedLibraryDamageTests
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "libgmmnative_blas.dll" : "libgmmnative_blas.so";

    public static TheoryData<BackendKind> Kinds => [.. SelfContainedLibraries.Kinds];

    public static MatrixTheoryData<BackendKind,
        LibraryDamage> Damages => new(SelfContainedLibraries.Kinds, Enum.GetValues<LibraryDamage>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Program_LibraryBesideIt_ComputesWithIt(BackendKind kind)
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.Application, FileName);
        File.Copy(SelfContainedLibraries.PathOf(kind), library);
        program.AssertComputes(BackendNames.NameOf(kind), library);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Program_LibraryInPackageFolder_ComputesWithIt(BackendKind kind)
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.Packages, FileName);
        File.Copy(SelfContainedLibraries.PathOf(kind), library);
        program.AssertComputes(BackendNames.NameOf(kind), library);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Program_DamagedLibraryBesideIt_ComputesWithoutIt(BackendKind kind, LibraryDamage damage)
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.Application, FileName);
        DamagedLibrary.Write(SelfContainedLibraries.PathOf(kind), library, damage);
        program.AssertManagedInstead(BackendNames.NameOf(kind), $"{library} (application): {DamagedLibrary.Message(damage)}");
    }

    [Theory]
    [InlineData("interface", "its interface has version 1000")]
    [InlineData("vendor", "it is made of 'ACML'")]
    [InlineData("integers", "integer width 64")]
    public void Program_LibraryOfAnotherKind_ComputesWithoutIt(string stub, string said)
    {
        using IsolatedProgram program = new();
        string library = Path.Combine(program.Application, FileName);
        File.Copy(SelfContainedLibraries.Stub(stub), library);
        program.AssertManagedInstead("openblas", $"{library} (application): {said}");
    }
}
