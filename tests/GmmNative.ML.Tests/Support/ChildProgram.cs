using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GmmNative.TestSupport;

/// <summary>Compiles programs against the assemblies of this test program, and runs them in separate processes.</summary>
internal static class ChildProgram
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        """;

    /// <summary>Compiles a program.</summary>
    /// <param name="source">Top-level statements.</param>
    /// <param name="folder">Receives the program.</param>
    /// <returns>The path of the program.</returns>
    public static string Compile(string source, string folder)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        CSharpParseOptions parsing = new(LanguageVersion.Latest);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Child", [CSharpSyntaxTree.ParseText(Usings, parsing), CSharpSyntaxTree.ParseText(source, parsing)],
            trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        string path = Path.Combine(folder, "Child.dll");
        using FileStream file = File.Create(path);
        IEnumerable<Diagnostic> problems = compilation.Emit(file).Diagnostics.Where(found => found.Severity >= DiagnosticSeverity.Warning);
        string text = string.Join('\n', problems);
        return text.Length == 0 ? path : throw new InvalidOperationException($"The program does not compile:\n{text}");
    }

    /// <summary>Runs a program with the assemblies and settings of this test program.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="workingDirectory">The working directory of the process.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The lines of its standard output.</returns>
    public static string[] Run(string program, string workingDirectory, params string[] arguments)
    {
        string tests = Path.Combine(AppContext.BaseDirectory, typeof(ChildProgram).Assembly.GetName().Name!);
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])
            ["exec", "--runtimeconfig", $"{tests}.runtimeconfig.json", "--depsfile", $"{tests}.deps.json", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"The program ended with {process.ExitCode}:\n{output}{errors}");
    }
}
