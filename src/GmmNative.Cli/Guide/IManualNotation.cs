namespace GmmNative.Cli.Guide;

/// <summary>The notation that a manual of the program is written in. Each member appends text, in the order of the calls.</summary>
internal interface IManualNotation
{
    /// <summary>The manual so far.</summary>
    string Text { get; }

    /// <summary>Starts the manual.</summary>
    /// <param name="summary">What the program does: one sentence.</param>
    /// <param name="usage">The form of a command line.</param>
    /// <param name="description">The paragraph above the commands.</param>
    void Start(string summary, string usage, string description);

    /// <summary>Starts the section of the commands.</summary>
    /// <param name="commands">The commands, in the order in which their sections follow.</param>
    void StartCommands(IReadOnlyList<CommandEntry> commands);

    /// <summary>Starts the section of a command.</summary>
    void StartCommand(CommandEntry command);

    /// <summary>Writes the arguments and options of a command.</summary>
    /// <param name="arguments">The arguments with their descriptions.</param>
    /// <param name="options">The options, without <c>--help</c>.</param>
    void WriteParameters(IReadOnlyList<(string Name, string Description)> arguments, IReadOnlyList<OptionEntry> options);

    /// <summary>Writes example command lines.</summary>
    void WriteExamples(IReadOnlyList<string> examples);

    /// <summary>Writes a section that explains terms.</summary>
    /// <param name="title">The title.</param>
    /// <param name="kind">What the terms are, in the singular.</param>
    /// <param name="terms">The terms with their descriptions.</param>
    void WriteTerms(string title, string kind, IEnumerable<(string Name, string Description)> terms);
}
