namespace GmmNative.Cli.Output;

/// <summary>What a file is to hold, which decides what its extension may be.</summary>
internal enum OutputKind
{
    /// <summary>A text of the program's own, under any name.</summary>
    Document,

    /// <summary>A model.</summary>
    Model,

    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>Labels: whole numbers.</summary>
    Labels,
}
