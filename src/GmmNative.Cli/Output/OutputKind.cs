namespace GmmNative.Cli.Output;

/// <summary>The contents of an output file, which determine the allowed extensions.</summary>
internal enum OutputKind
{
    /// <summary>A document, with any extension.</summary>
    Document,

    /// <summary>A model.</summary>
    Model,

    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>Labels: whole numbers.</summary>
    Labels,
}
