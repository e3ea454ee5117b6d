using System.Text.RegularExpressions;
using GmmNative.Plots.Tests.Pictures;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Plots.Tests.Commands;

/// <summary><c>gmm plot</c>: its files and its errors.</summary>
public sealed partial class PlotCommandTests
{
    [Fact]
    public void Plot_ModelAndRows_WritesTheFormatOfTheExtension()
    {
        using TestFolder folder = Prepared();
        GmmProcessResult svg = Run(folder, "model", "model.npz", Models.Faithful, "-o", "picture.svg", "--title", "Old Faithful");
        Assert.Equal(0, svg.ExitCode);
        Assert.Contains("picture.svg: 960x720 pixels.", svg.StandardError, StringComparison.Ordinal);
        SvgPicture picture = new(File.ReadAllText(folder["picture.svg"]));
        Assert.Equal("Old Faithful", picture.Title);
        Assert.Equal(272, picture.Circles);
        Assert.Empty(new[] { "eruptions", "waiting" }.Except(picture.Texts));
        string[] options = ["-o", "picture.png", "--size", "500x300", "--theme", "dark", "--kind", "contours", "-q"];
        GmmProcessResult png = Run(folder, ["model", "model.npz", .. options]);
        Assert.Equal((0, ""), (png.ExitCode, png.StandardError));
        using SkiaSharp.SKBitmap bitmap = SkiaSharp.SKBitmap.Decode(folder["picture.png"]);
        Assert.Equal((500, 300), (bitmap.Width, bitmap.Height));
    }

    [Fact]
    public void Plot_ColumnsByNameAndNumber_AreTheAxes()
    {
        using TestFolder folder = Prepared();
        foreach (string columns in (string[])["waiting,eruptions", "2,1"])
        {
            Assert.Equal(0, Run(folder, "model", "model.npz", "--columns", columns, "-o", "picture.svg").ExitCode);
            string[] texts = new SvgPicture(File.ReadAllText(folder["picture.svg"])).Texts;
            Assert.True(Array.IndexOf(texts, "waiting") >= 0 && Array.IndexOf(texts, "eruptions") >= 0);
            Assert.True(Array.IndexOf(texts, "waiting") < Array.IndexOf(texts, "eruptions"));
        }
    }

    [Fact]
    public void Plot_DataAndReport_AreDrawn()
    {
        using TestFolder folder = Prepared();
        GmmProcessResult data = Run(folder, "data", Models.Speech, "--columns", "1,3", "--rows", "100", "--seed", "2", "-o", "data.svg");
        Assert.Equal(0, data.ExitCode);
        Assert.Contains("100 of 8000 rows, drawn at random with the seed 2.", data.StandardError, StringComparison.Ordinal);
        Assert.Equal(100, new SvgPicture(File.ReadAllText(folder["data.svg"])).Circles);
        GmmProcessResult report = Run(folder, "report", "report.json", "-o", "report.svg");
        Assert.Equal(0, report.ExitCode);
        Assert.Contains("iteration", new SvgPicture(File.ReadAllText(folder["report.svg"])).Texts);
    }

    public static TheoryData<int, string, string> Mistakes => new()
    {
        { 2, "plot", "a command is missing; see gmm plot --help" },
        { 2, "plot modle", "modle is not a command of gmm plot (did you mean model?)" },
        { 2, "plot model", "MODEL is missing" },
        { 2, "plot model model.npz", "-o FILE is missing" },
        { 2, "plot model model.npz -o picture.pdf", "written as .png or .svg" },
        { 2, "plot model model.npz -o model.npz", "same file as the input" },
        { 2, "plot model model.npz -o x.png --columns 1", "A plane needs two different columns" },
        { 2, "plot model model.npz -o x.png --columns height", "no column 'height'" },
        { 2, "plot model model.npz -o x.png --size 10x20", "--size: '10x20' is not a width and a height" },
        { 2, "plot model model.npz -o x.png --theme pink", "--theme: 'pink' is not one of light, dark" },
        { 2, "plot model model.npz -o x.png --kind responsibilities", "INPUT is missing" },
        { 2, "plot model model.npz -o x.png --thme dark", "not an option of gmm plot model (did you mean --theme?)" },
        { 1, "plot model nothing.npz -o x.png", "nothing.npz: there is no such file" },
        { 1, "plot model model.npz wide.csv -o x.png", "its vectors have dimension 3" },
        { 1, "plot model model.npz -o nowhere/x.png", "nowhere" },
        { 2, "plot data wide.csv -o x.png --columns 1-3", "a scatter picture shows two columns" },
        { 1, "plot data report.json -o x.png", "report.json" },
        { 1, "plot report model.npz -o x.png", "model.npz: the file is not a report of gmm train" },
        { 1, "plot select report.json -o x.png", "report.json: the file is not a report of gmm select" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Plot_Mistake_IsOneLineAndNoFile(int exitCode, string commandLine, string text)
    {
        using TestFolder folder = Prepared();
        string[] before = folder.Snapshot();
        GmmProcessResult result = GmmProcess.Run(commandLine.Split(' '), workingDirectory: folder.Root);
        string line = Assert.Single(result.ErrorLines);
        Assert.Contains(text, line, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    [Trait("Lane", "Slow")]
    [Trait("Requires", "Linux")]
    public void Page_EveryCommand_Works()
    {
        using TestFolder folder = new();
        File.Copy(Models.Faithful, folder["faithful.csv"]);
        File.Copy(Models.Speech, folder["speech.npy"]);
        string page = File.ReadAllText(Path.Combine(TestData.Root, "docs", "plots.md"));
        string[] commands = [.. Blocks().Matches(page).SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Where(line => line.StartsWith("gmm ", StringComparison.Ordinal))];
        Assert.True(commands.Length >= 8, $"only {commands.Length} commands were found");
        foreach (string command in commands)
        {
            GmmProcessResult result = GmmShell.Run(command, folder.Root);
            Assert.True(result.ExitCode == 0, $"{command}: {result.StandardError}");
        }

        string[] pictures = [.. commands.SelectMany(command => Pictures().Matches(command)).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.True(new FileInfo(folder[picture]).Length > 1000, picture));
    }

    private static TestFolder Prepared()
    {
        TestFolder folder = new();
        ModelFile.Save(Models.Full.WithColumns(["eruptions", "waiting"]), folder["model.npz"]);
        folder.Write("wide.csv", "1,2,3\n4,5,6\n7,8,10\n");
        folder.Write("report.json", """{"history": [{"iteration": 1, "averageLogLikelihood": -4}]}""");
        return folder;
    }

    private static GmmProcessResult Run(TestFolder folder, params string[] arguments) =>
        GmmProcess.Run(["plot", .. arguments], workingDirectory: folder.Root);

    [GeneratedRegex(@"```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"-o (\S+\.(?:png|svg))")]
    private static partial Regex Pictures();
}
