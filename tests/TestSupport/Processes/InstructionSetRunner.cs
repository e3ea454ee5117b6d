using System.Diagnostics;
using System.Reflection;
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

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The widest vectors, in bits, that this process computes on; 0 for none.</summary>
    public static int CurrentWidth => Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>The vector width that this process was started for; <see langword="null"/> when it is no child of <see cref="Run"/>.</summary>
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
        ArgumentNullException.ThrowIfNull(testClasses);
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no file.");
        start.FileName = host;
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        // The options of xunit's own runner, which is what a test program runs when nobody drives it.
        start.ArgumentList.Add("-noColor");
        foreach (Type type in testClasses)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }

        // The names that .NET 10 reads; a wider set that is off takes those that build on it along.
        start.Environment[set switch
        {
            InstructionSet.UpTo256 => "DOTNET_EnableAVX512",
            InstructionSet.UpTo128 => "DOTNET_EnableAVX2",
            _ => "DOTNET_EnableHWIntrinsic",
        }] = "0";
        start.Environment[ExpectedWidthVariable] = $"{Math.Min(WidthOf(set), CurrentWidth)}";
        start.Environment[TestBackends.OnlyVariable] = BackendNames.NameOf(BackendKind.Managed);
        start.Environment.Remove(TestBackends.RequireVariable);

        // The child is a test run of its own: it does not report to whatever runs this one.
        foreach (string name in start.Environment.Keys.Where(IsOfTestPlatform).ToList())
        {
            start.Environment.Remove(name);
        }

        using Process child = Process.Start(start) ?? throw new InvalidOperationException($"'{host}' did not start.");
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            throw new TimeoutException($"The child process for {set} did not end within {Patience}.");
        }

        return (child.ExitCode, output.Result + errors.Result);
    }

    private static bool IsOfTestPlatform(string name) => name.StartsWith("TESTINGPLATFORM_", StringComparison.OrdinalIgnoreCase);

    private static int WidthOf(InstructionSet set) => set switch
    {
        InstructionSet.UpTo256 => 256,
        InstructionSet.UpTo128 => 128,
        _ => 0,
    };
}
