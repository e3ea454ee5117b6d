using System.CommandLine;
using System.CommandLine.Help;

namespace GmmNative.Cli.Guide;

/// <summary>An option as help, completion and the manual describe it.</summary>
internal sealed class OptionEntry
{
    private static readonly string[] FileNames = ["FILE", "MODEL", "INPUT"];

    private readonly string[] _alternatives;

    public OptionEntry(Option option)
    {
        Names = [.. option.Aliases.Append(option.Name).Distinct()
            .OrderBy(name => name.Length > 2 ? 1 : 0).ThenBy(name => name, StringComparer.Ordinal)];
        IsHelp = option is HelpOption;
        Description = IsHelp ? "Show help." : option is VersionOption ? "Show the version." : option.Description ?? "";
        TakesValue = !IsHelp && option is not VersionOption && option.Arity.MaximumNumberOfValues > 0;
        Value = TakesValue ? option.HelpName ?? "VALUE" : null;
        IsRequired = option.Required;
        IsList = Value?.Contains(',', StringComparison.Ordinal) == true;
        _alternatives = Value?.Split('|', ',') ?? [];
    }

    /// <summary>The names, short ones first: <c>-o</c>, <c>--output</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The description.</summary>
    public string Description { get; }

    /// <summary>The description, which also says whether the option must be given.</summary>
    public string FullDescription => IsRequired ? $"{Description} Required." : Description;

    /// <summary>Whether the option is <c>--help</c>.</summary>
    public bool IsHelp { get; }

    /// <summary>Whether the option takes a value.</summary>
    public bool TakesValue { get; }

    /// <summary>The name of the value, or the words that it can be; <see langword="null"/> if the option takes none.</summary>
    public string? Value { get; }

    /// <summary>Whether the option must be given.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether the value is a list of words separated by commas.</summary>
    public bool IsList { get; }

    /// <summary>The words that the value can be. Names of values are in capitals, words are not.</summary>
    public IEnumerable<string> Words => _alternatives.Where(word => word.Length > 0 && char.IsLower(word[0]));

    /// <summary>Whether the value can be a file.</summary>
    public bool IsFile => _alternatives.Any(FileNames.Contains);
}
