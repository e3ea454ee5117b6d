using System.Runtime.CompilerServices;
using System.Xml.Linq;
using GmmNative.Interop;
using GmmNative.Plots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GmmNative.Api.Tests;

/// <summary>Every public type has an example in its documentation, and every example compiles.</summary>
public sealed class ExampleTests
{
    /// <summary>The using directives of an example: the implicit ones of a new project, and those of a program.</summary>
    private const string Usings = """
        using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading;
        using System.Threading.Tasks; using System.Text.Json; using CommunityToolkit.HighPerformance; using Microsoft.Extensions.Logging;
        using GmmNative; using GmmNative.Interop; using GmmNative.Plots;
        """;

    private static readonly Type[] Assemblies = [typeof(GaussianMixture), typeof(DenseBackend), typeof(MixturePlot)];

    /// <summary>The types of the dense operations, which programs do not call.</summary>
    private static readonly HashSet<string> Kernels =
    [
        "AlignedBuffer`1", "IDenseOperations`1", "PackedFactor`1", "PackedOperand`1", "PaddedRows", "PointDistances", "PointGroups",
        "Posteriors", "RowStrips", "StripDifferences", "StripDistances", "StripLayout", "WeightedRows",
    ];

    [Fact]
    public void Types_EachHasAnExample() => Assert.Empty(
        Assemblies.SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute), false) && !Kernels.Contains(type.Name))
        .Select(type => $"T:{type.FullName}")
        .Except(Documentation().Where(member => member.Descendants("code").Any()).Select(NameOf)));

    [Fact]
    public void Examples_AllCompile()
    {
        (string Name, string Code)[] examples =
            [.. Documentation().SelectMany(member => member.Descendants("code").Select(code => (NameOf(member), code.Value)))];
        Assert.True(examples.Length > 60, $"only {examples.Length} examples were found");
        Assert.Empty(Errors(examples));
    }

    [Theory]
    [InlineData("GaussianMixture model = ModelFile.Load(17);", "CS1503")]
    [InlineData("int x = 1", "CS1002")]
    [InlineData("double y = model.Dimension;", "CS0103")]
    public void Compile_WrongExample_IsSeen(string code, string error) =>
        Assert.Contains(error, Assert.Single(Errors(("here", code))), StringComparison.Ordinal);

    [Theory]
    [InlineData("selection.md")]
    public void Page_CodeInCSharp_Compiles(string page)
    {
        string[] blocks = File.ReadAllText(Path.Combine(TestSupport.TestData.Root, "docs", page)).Split("```csharp\n")[1..];
        Assert.NotEmpty(blocks);
        (string Name, string Code)[] examples = [.. blocks.Select(
            (block, i) => ($"{page}, block {i + 1}", block[..block.IndexOf("```", StringComparison.Ordinal)]))];
        Assert.Empty(Errors(examples));
    }

    private static IEnumerable<XElement> Documentation() => Assemblies
        .Select(type => Path.ChangeExtension(type.Assembly.Location, ".xml"))
        .SelectMany(path => XDocument.Load(path).Root!.Element("members")!.Elements("member"))
        .Where(member => member.Elements("example").Any());

    private static string NameOf(XElement member) => (string)member.Attribute("name")!;

    private static string[] Errors(params (string Name, string Code)[] examples)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references =
            trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        IEnumerable<SyntaxTree> trees = examples.Select((example, i) => CSharpSyntaxTree.ParseText(
            $"{Usings}\nstatic class Example{i} {{ static async Task Run(CancellationToken cancellationToken) {{\n{example.Code}\n}} }}",
            new CSharpParseOptions(LanguageVersion.Latest), example.Name));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Examples", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.ToString())];
    }
}
