using System.Globalization;
using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Guide;

/// <summary><c>gmm help</c> and the manuals.</summary>
public sealed partial class HelpCommandTests
{
    [Theory]
    [InlineData]
    [InlineData("train")]
    [InlineData("plot", "model")]
    public void Help_OfACommand_IsItsOwnHelp(params string[] command)
    {
        GmmProcessResult help = GmmProcess.Run(["help", .. command]);
        Assert.Equal((0, ""), (help.ExitCode, help.StandardError));
        Assert.Equal(GmmProcess.Run([.. command, "--help"]).OutputText, help.OutputText);
        Assert.Contains("Examples:", help.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help trian", "trian is not a command of gmm (did you mean train?)")]
    [InlineData("help plot modle", "modle is not a command of gmm plot (did you mean model?)")]
    [InlineData("help train extra", "extra is not a command of gmm train")]
    [InlineData("help train --man", "--man describes all commands")]
    [InlineData("help train --markdown", "--markdown describes all commands")]
    [InlineData("help --man --markdown", "--man and --markdown exclude each other")]
    [InlineData("completion ksh", "ksh is not one of bash, zsh, fish, pwsh")]
    [InlineData("completion", "SHELL is missing")]
    public void Run_WrongCommandLine_NamesWhatIsWrong(string commandLine, string named)
    {
        using TestFolder folder = new();
        Failing.Check(folder, 2, commandLine.Split(' '), [named]);
    }

    /// <summary>After a change: <c>gmm help --man > docs/gmm.1</c>, <c>gmm help --markdown > docs/options.md</c>.</summary>
    [Theory]
    [InlineData("gmm.1", "--man")]
    [InlineData("options.md", "--markdown")]
    public void Manual_OfTheDocuments_IsThatOfTheProgram(string page, string option) =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(TestSupport.TestData.Root, "docs", page)).ReplaceLineEndings("\n"),
            GmmProcess.Run("help", option).OutputText);

    [Theory]
    [InlineData("--man", ".SS \"gmm ", ".SH ", "\n.TP\n\\fB-", "\\fB{0}\\fR")]
    [InlineData("--markdown", "## gmm ", "## ", "\n| `-", "`{0}")]
    public void Manual_OfEachCommand_HasTheOptionsOfItsHelp(string notation, string command, string section, string item, string name)
    {
        string page = GmmProcess.Run("help", notation).OutputText;
        string[] sections = page.Split($"\n{command}")[1..];
        string[] commands = [.. sections.Select(text => CommandName().Match(text).Value.Trim())];
        Assert.Equal(CommandNames(GmmProcess.Run("--help").OutputText), commands.Where(words => !words.Contains(' ')));
        Assert.Contains("plot model", commands);
        for (int i = 0; i < commands.Length; i++)
        {
            string help = GmmProcess.Run([.. commands[i].Split(' '), "--help"]).OutputText;
            string[] options = [.. OptionName().Matches(help).Select(match => match.Groups[1].Value).Where(option => option != "--help")];
            string text = sections[i].Split($"\n{section}")[0].Replace("\\-", "-", StringComparison.Ordinal);
            Assert.All(options, option => Assert.Contains(
                string.Format(CultureInfo.InvariantCulture, name, option), text, StringComparison.Ordinal));
            Assert.Equal(options.Length, text.Split(item).Length - 1);
        }
    }

    [Fact]
    [Trait("Lane", "Slow")]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    [Trait(SelfContainedLibraries.Requires, "Man")]
    public void ManualPage_InMan_RendersWithoutWarnings()
    {
        using TestFolder folder = new();
        GmmProcessResult result = GmmShell.Run(
            "gmm help --man > gmm.1 && LC_ALL=C MANWIDTH=100 man --warnings=w -l gmm.1 | col -b", folder.Root);
        Assert.Equal((0, ""), (result.ExitCode, result.StandardError));
        Assert.Contains("-o, --output MODEL", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("gmm train speech.npy -k 64 -o speech.npz", result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("\\", result.OutputText, StringComparison.Ordinal);
    }

    // The commands in the help of the program: two spaces, the name, and its arguments or description.
    private static IEnumerable<string> CommandNames(string help) =>
        CommandLine().Matches(help.Split("Commands:")[1].Split("Examples:")[0]).Select(match => match.Groups[1].Value);

    [GeneratedRegex("^[a-z ]+")]
    private static partial Regex CommandName();

    [GeneratedRegex("^  ([a-z]+) ", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex("^  (?:-\\S+, )*(--[a-z][a-z-]*|-[a-z])(?=[ \n]|$)", RegexOptions.Multiline)]
    private static partial Regex OptionName();
}
