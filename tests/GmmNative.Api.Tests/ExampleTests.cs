using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GmmNative.Interop;
using GmmNative.Plots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GmmNative.Api.Tests;

/// <summary>Every public type has an example in its documentation, and every example compiles.</summary>
public sealed partial class ExampleTests
{
    /// <summary>The using directives of an example: the implicit ones of a new project, and those of a program.</summary>
    private const string Usings = """
        using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading;
        using System.Threading.Tasks; using System.Text.Json; using CommunityToolkit.HighPerformance; using Microsoft.Extensions.Logging;
        using GmmNative; using GmmNative.Interop; using GmmNative.Plots;
        """;

    /// <summary>What pages assume that a program has.</summary>
    private const string Fields = """
        static GaussianMixture model = null!, speaker = null!, background = null!, p = null!, q = null!;
        static double[,] rows = null!, training = null!;
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
    [InlineData("README.md")]
    [InlineData("docs/conditional.md")]
    [InlineData("docs/from-sptk.md")]
    [InlineData("docs/missing-values.md")]
    [InlineData("docs/plots.md")]
    [InlineData("docs/priors.md")]
    [InlineData("docs/selection.md")]
    [InlineData("docs/training.md")]
    [InlineData("docs/using-models.md")]
    [InlineData("src/GmmNative/README.md")]
    [InlineData("src/GmmNative.Interop/README.md")]
    [InlineData("src/GmmNative.Plots/README.md")]
    public void Page_CodeInCSharp_Compiles(string page)
    {
        string[] blocks = File.ReadAllText(Path.Combine(TestSupport.TestData.Root, page)).Split("```csharp\n")[1..];
        Assert.NotEmpty(blocks);
        (string Name, string Code)[] examples = [.. blocks.Select((block, i) =>
        {
            string code = block[..block.IndexOf("```", StringComparison.Ordinal)];
            return ($"{page}, block {i + 1}", UsingDirective().Replace(code, ""));
        })];
        Assert.Empty(Errors(Fields, examples));
    }

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();

    private static IEnumerable<XElement> Documentation() => Assemblies
        .Select(type => Path.ChangeExtension(type.Assembly.Location, ".xml"))
        .SelectMany(path => XDocument.Load(path).Root!.Element("members")!.Elements("member"))
        .Where(member => member.Elements("example").Any());

    private static string NameOf(XElement member) => (string)member.Attribute("name")!;

    private static string[] Errors(params (string Name, string Code)[] examples) => Errors("", examples);

    private static string[] Errors(string fields, (string Name, string Code)[] examples)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references =
            trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        IEnumerable<SyntaxTree> trees = examples.Select((example, i) => CSharpSyntaxTree.ParseText(
            $"{Usings}\nstatic class Example{i} {{ {fields}\nstatic async Task Run(CancellationToken cancellationToken) {{\n"
            + $"{example.Code}\n}} }}",
            new CSharpParseOptions(LanguageVersion.Latest), example.Name));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Examples", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.ToString())];
    }
}
