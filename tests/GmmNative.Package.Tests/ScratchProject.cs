using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Package.Tests;

/// <summary>A project outside the source tree that uses the packages; its program trains and scores a reference case.</summary>
internal sealed class ScratchProject
{
    private readonly PackageWorkshop _workshop;
    private readonly string _folder;

    /// <param name="workshop">Where the packages are.</param>
    /// <param name="name">The project's name, different in each test.</param>
    /// <param name="packages">Packages beside GmmNative.</param>
    public ScratchProject(PackageWorkshop workshop, string name, params IEnumerable<string> packages)
    {
        _workshop = workshop;
        _folder = Create(workshop, name, Path.Combine(AppContext.BaseDirectory, "Consumer", "Program.cs"), "", ["GmmNative", .. packages]);
    }

    /// <summary>Creates the project Consumer with a program and the packages.</summary>
    /// <param name="workshop">Where the packages are.</param>
    /// <param name="name">The project's name, different in each test.</param>
    /// <param name="program">The source of the program.</param>
    /// <param name="properties">Further properties of the project.</param>
    /// <param name="packages">The packages.</param>
    /// <returns>The folder of the project.</returns>
    public static string Create(
        PackageWorkshop workshop, string name, string program, string properties, params IEnumerable<string> packages)
    {
        string folder = workshop.NewFolder(name);
        workshop.ConfigurePackages(folder);
        File.Copy(program, Path.Combine(folder, "Program.cs"));
        string references = string.Concat(
            packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{PackageWorkshop.Version}\" />"));
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                {properties}
              </PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        return folder;
    }

    /// <summary>Publishes the program.</summary>
    /// <param name="flat">For linux-x64 alone, which puts native libraries beside the program; else for all platforms, which keeps the
    /// packages' folders.</param>
    /// <returns>The application's folder.</returns>
    public string Publish(bool flat)
    {
        string application = Path.Combine(_folder, "application");
        string[] platform = flat ? ["-r", "linux-x64", "--self-contained", "false"] : [];
        Command.Dotnet(_folder, _workshop.Environment, ["publish", "-c", "Release", "-o", application, .. platform]);
        return application;
    }

    /// <summary>Where a native library of a package lies in a published application.</summary>
    public static string NativeFolder(string application, bool flat) =>
        flat ? application : Path.Combine(application, "runtimes", "linux-x64", "native");

    /// <summary>Runs the program on a reference case, whose answers have to come out.</summary>
    /// <returns>What the program reported about its backend: library, description, reason.</returns>
    public Dictionary<string, string> Run(string application, string backend, IReadOnlyDictionary<string, string?>? environment = null)
    {
        EmCase c = EmCase.Find("d6k3/full_6_ml20");
        int dimension = c.Vectors(c.Train).Dimension;
        string start = Path.Combine(_folder, "start.npz");
        string model = Path.Combine(_folder, "model.npz");
        ModelFile.Save(c.Start(dimension), start);
        Dictionary<string, string?> all = new(environment ?? new Dictionary<string, string?>())
        {
            ["GMMNATIVE_BACKEND"] = null,
            ["GMMNATIVE_BLAS_PATH"] = null,
            ["MKLROOT"] = null,
        };
        (int exitCode, string output, string error) = Command.Run(
            "dotnet",
            [Path.Combine(application, "Consumer.dll"), backend, c.PathOf(c.Train), start, $"{c.Iterations}", c.PathOf("x_test.npy"),
                model],
            _folder,
            all);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}{error}");
        Dictionary<string, string> told = output.TrimEnd().ReplaceLineEndings("\n").Split('\n')
            .Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        Assert.Empty(c.Deviations(ModelFile.Load(model), double.Parse(told["total"])));
        double[] densities = [.. told["densities"].Split(' ').Select(double.Parse)];
        Assert.Empty(c.Deviations("log-densities", c.Arrays["log_prob_test"], densities, 1));
        return told;
    }
}
