using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GmmNative.TestSupport;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace GmmNative.Neighbors.Tests;

/// <summary>The snippets of docs/dotnet.md compile and run, and the examples of the types of both packages compile.</summary>
public sealed partial class PageTests
{
    private const string Usings = """
        using System; using System.Collections.Generic; using System.Data; using System.Linq; using System.Numerics.Tensors;
        using System.Threading.Tasks; using GmmNative; using Microsoft.Extensions.DependencyInjection;
        """;

    private static readonly Type[] Packages = [typeof(MathNetMixture), typeof(GaussianMixtureProvider)];

    [Fact]
    public async Task Snippets_Run()
    {
        string page = await File.ReadAllTextAsync(
            Path.Combine(TestData.Root, "docs", "dotnet.md"), TestContext.Current.CancellationToken);
        string[] snippets = [.. Snippet().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.Equal(5, snippets.Length);
        using TestFolder folder = new();
        GaussianMixture model = new(new CovarianceStructure(CovarianceKind.Diagonal, 2), [1], [0, 0], [1, 1]);
        foreach (string name in (string[])["model.npz", "speech.npz"])
        {
            ModelFile.Save(model, folder[name]);
            snippets = [.. snippets.Select(code => code.Replace($"\"{name}\"", $"@\"{folder[name]}\"", StringComparison.Ordinal))];
        }

        Assembly assembly = Compile(snippets);
        for (int i = 0; i < snippets.Length; i++)
        {
            await (Task)assembly.GetType($"Snippet{i}")!.GetMethod("Run")!.Invoke(null, null)!;
        }
    }

    [Fact]
    public void PublicTypes_HaveExamplesThatCompile()
    {
        XElement[] members = [.. Packages.SelectMany(type => XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml"))
            .Root!.Element("members")!.Elements("member").Where(member => member.Elements("example").Any()))];
        Assert.Equal(
            Packages.SelectMany(type => type.Assembly.GetExportedTypes()).Where(type => !type.IsNested)
                .Select(type => $"T:{type.FullName}").Order(StringComparer.Ordinal),
            members.Select(member => (string)member.Attribute("name")!).Where(name => name.StartsWith("T:", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.NotNull(Compile([.. members.SelectMany(member => member.Descendants("code")).Select(code => code.Value)]));
    }

    private static Assembly Compile(string[] snippets)
    {
        // Loaded, so that the list of assemblies below has them.
        _ = typeof(Matrix<double>);
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippets",
            snippets.Select((code, i) => CSharpSyntaxTree.ParseText(
                $"{Usings}{Algebra(code)}\npublic static class Snippet{i} {{ public static async Task Run() {{\n"
                + $"await Task.Yield();\n{code}\n}} }}",
                new CSharpParseOptions(LanguageVersion.Latest))),
            trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream bytes = new();
        EmitResult result = compilation.Emit(bytes);
        Assert.Empty(result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString()));
        return Assembly.Load(bytes.ToArray());
    }

    private static string Algebra(string code) =>
        code.Contains("Matrix<", StringComparison.Ordinal) ? " using MathNet.Numerics.LinearAlgebra;" : "";

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Snippet();
}
