using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace GmmNative.TestSupport;

/// <summary>
/// Runs the program <c>gmm</c> in a separate process: the program that was built with the tests, or the file that
/// <c>GMMNATIVE_TEST_PROGRAM</c> names.
/// </summary>
public sealed class GmmProcess : IDisposable
{
    /// <summary>The time limit of a run that hangs. No test takes nearly this long on any machine.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly Task<string> _error;
    private readonly StringBuilder _errorSoFar = new();

    private GmmProcess(Process process, byte[]? standardInput)
    {
        _process = process;
        _output = ReadOutput(process.StandardOutput.BaseStream);
        _error = ReadError(process.StandardError);
        _ = WriteInput(process.StandardInput.BaseStream, standardInput);
    }

    /// <summary>
    /// The environment variable that names the program to test: an executable, or the <c>.dll</c> that <c>dotnet</c> runs.
    /// </summary>
    public const string ProgramVariable = "GMMNATIVE_TEST_PROGRAM";

    /// <summary>The program's file.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable(ProgramVariable) is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Path.Combine(AppContext.BaseDirectory, "gmm.dll");

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Runs the program to its end.</summary>
    public static GmmProcessResult Run(params string[] arguments) => Run(arguments, null);

    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="standardInput">What it reads from standard input; nothing by default.</param>
    /// <param name="environment">Environment variables beside the test's own; <see langword="null"/> removes one.</param>
    /// <param name="workingDirectory">Where it runs; the test's own folder by default.</param>
    /// <param name="programFolder">A folder with a copy of the program, to be run in place of <see cref="Program"/>.</param>
    public static GmmProcessResult Run(
        IEnumerable<string> arguments,
        byte[]? standardInput = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        string? programFolder = null)
    {
        using GmmProcess process = Start(arguments, standardInput, environment, workingDirectory, programFolder);
        return process.WaitForExit();
    }

    /// <summary>
    /// Starts the program. See <see cref="Run(IEnumerable{string}, byte[], IReadOnlyDictionary{string, string}, string, string)"/>.
    /// </summary>
    public static GmmProcess Start(
        IEnumerable<string> arguments,
        byte[]? standardInput = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        string? programFolder = null)
    {
        string program = programFolder is null ? Program : Path.Combine(programFolder, Path.GetFileName(Program));
        bool isExecutable = !program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = new(isExecutable ? program : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? "",

            // The program writes UTF-8 everywhere; what would be assumed of it on Windows is the console's code page.
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (OperatingSystem.IsWindows())
        {
            // So that Ctrl-Break reaches it and not the tests.
            start.CreateNewProcessGroup = true;
        }

        if (!isExecutable)
        {
            start.ArgumentList.Add(program);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("GMMNATIVE_DEBUG");
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new GmmProcess(Process.Start(start) ?? throw new InvalidOperationException("The program did not start."), standardInput);
    }

    /// <summary>Waits until the process has written a text to standard error.</summary>
    public void WaitForError(string text)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            string error = ErrorSoFar();
            if (error.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            if (_process.HasExited || clock.Elapsed > Timeout)
            {
                throw new InvalidOperationException($"The program did not write '{text}' but: {error}");
            }

            Thread.Sleep(5);
        }
    }

    /// <summary>Whether the process ends within a time.</summary>
    public bool EndsWithin(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Ends the process at once: it gets no chance to clean up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends a signal by its name, for example <c>INT</c>. Not on Windows.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Presses Ctrl-Break for the process. Windows only, and only with a console.</summary>
    [SupportedOSPlatform("windows")]
    public void ControlBreak()
    {
        const uint Break = 1;
        if (!GenerateConsoleCtrlEvent(Break, (uint)_process.Id))
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Waits for the end.</summary>
    public GmmProcessResult WaitForExit()
    {
        if (!_process.WaitForExit(Timeout))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end within {Timeout}. The end of what it wrote: {End(ErrorSoFar())}");
        }

        return new GmmProcessResult(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    private static string End(string text) => text[Math.Max(0, text.Length - 1000)..];

    /// <summary>Ends the process if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SupportedOSPlatform("windows")]
    private static extern bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);

    private static async Task WriteInput(Stream input, byte[]? bytes)
    {
        try
        {
            await input.WriteAsync(bytes ?? []);
            input.Close();
        }
        catch (IOException)
        {
            // The program need not read all that it is given: an error of usage ends it before.
        }
    }

    private static async Task<byte[]> ReadOutput(Stream stream)
    {
        using MemoryStream all = new();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private async Task<string> ReadError(StreamReader reader)
    {
        char[] buffer = new char[4096];
        for (int count; (count = await reader.ReadAsync(buffer)) > 0;)
        {
            lock (_errorSoFar)
            {
                _errorSoFar.Append(buffer, 0, count);
            }
        }

        return ErrorSoFar();
    }

    private string ErrorSoFar()
    {
        lock (_errorSoFar)
        {
            return _errorSoFar.ToString();
        }
    }
}
