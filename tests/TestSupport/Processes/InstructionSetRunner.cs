using System.Runtime.Intrinsics;
using GmmNative.Interop;

namespace GmmNative.TestSupport;

/// <summary>
/// Runs classes of this test program once more, in a child process of narrower vectors, on the managed backend. The runtime reads
/// its instruction-set switches once, at start: only a new process can have others.
/// </summary>
public static class InstructionSetRunner
{
    private const string ExpectedWidthVariable = "GMMNATIVE_TEST_VECTOR_BITS";

    /// <summary>The widest vectors, in bits, that this process computes on; 0 for none.</summary>
    public static int CurrentWidth => Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>
    /// The vector width that this process was started for; <see langword="null"/> when it is no child of <see cref="Run"/>.
    /// </summary>
    public static int? ExpectedWidth =>
        int.TryParse(Environment.GetEnvironmentVariable(ExpectedWidthVariable), out int bits) ? bits : null;

    /// <summary>Runs test classes in a child process.</summary>
    /// <param name="set">What the child may use.</param>
    /// <param name="testClasses">
    /// The classes to run. One of them must have a test that compares <see cref="CurrentWidth"/> with <see cref="ExpectedWidth"/>.
    /// </param>
    /// <returns>The exit code, 0 when all tests passed, and everything the child wrote.</returns>
    /// <exception cref="TimeoutException">The child did not end; it has been stopped.</exception>
    public static (int ExitCode, string Output) Run(InstructionSet set, params IReadOnlyList<Type> testClasses)
    {
        // The names that .NET 10 reads; a wider set that is off takes those that build on it along.
        string switchOff = set switch
        {
            InstructionSet.UpTo256 => "DOTNET_EnableAVX512",
            InstructionSet.UpTo128 => "DOTNET_EnableAVX2",
            _ => "DOTNET_EnableHWIntrinsic",
        };
        var environment = new Dictionary<string, string>
        {
            [switchOff] = "0",
            [ExpectedWidthVariable] = $"{Math.Min(WidthOf(set), CurrentWidth)}",
            [TestBackends.OnlyVariable] = BackendNames.NameOf(BackendKind.Managed),
        };
        return TestProcess.Run(environment, testClasses);
    }

    private static int WidthOf(InstructionSet set) => set switch
    {
        InstructionSet.UpTo256 => 256,
        InstructionSet.UpTo128 => 128,
        _ => 0,
    };
}
