using System.Text.RegularExpressions;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Guide;

/// <summary><c>gmm help</c> and the manual page.</summary>
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
    [InlineData("completion ksh", "ksh is not one of bash, zsh, fish, pwsh")]
    [InlineData("completion", "SHELL is missing")]
    public void Run_WrongCommandLine_NamesWhatIsWrong(string commandLine, string named)
    {
        using TestFolder folder = new();
        Failing.Check(folder, 2, commandLine.Split(' '), [named]);
    }

    /// <summary>After a change of a description: <c>gmm help --man > docs/gmm.1</c>.</summary>
    [Fact]
    public void ManualPage_OfTheDocuments_IsThatOfTheProgram() =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(TestSupport.TestData.Root, "docs", "gmm.1")).ReplaceLineEndings("\n"),
            GmmProcess.Run("help", "--man").OutputText);

    [Fact]
    public void ManualPage_OfEachCommand_HasTheOptionsOfItsHelp()
    {
        string page = GmmProcess.Run("help", "--man").OutputText;
        string[] sections = page.Split("\n.SS \"gmm ")[1..];
        string[] commands = [.. sections.Select(section => CommandName().Match(section).Value.Trim())];
        Assert.Equal(CommandNames(GmmProcess.Run("--help").OutputText), commands.Where(name => !name.Contains(' ')));
        Assert.Contains("plot model", commands);
        for (int i = 0; i < commands.Length; i++)
        {
            string help = GmmProcess.Run([.. commands[i].Split(' '), "--help"]).OutputText;
            string[] options = [.. OptionName().Matches(help).Select(match => match.Groups[1].Value).Where(name => name != "--help")];
            string section = sections[i].Split("\n.SH ")[0].Replace("\\-", "-", StringComparison.Ordinal);
            Assert.All(options, name => Assert.Contains($"\\fB{name}\\fR", section, StringComparison.Ordinal));
            Assert.Equal(options.Length, Bold().Count(section));
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

    // The first line of an option.
    [GeneratedRegex("\n\\.TP\n\\\\fB-")]
    private static partial Regex Bold();
}
