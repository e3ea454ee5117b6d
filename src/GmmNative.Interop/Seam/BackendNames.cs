namespace GmmNative.Interop;

/// <summary>The names of the backends on command lines, in environment variables and in reports.</summary>
/// <example>
/// <code>
/// string name = BackendNames.NameOf(BackendKind.OpenBlas);   // openblas
/// bool isKnown = BackendNames.TryParse("mkl", out BackendKind kind);
/// </code>
/// </example>
public static class BackendNames
{
    /// <summary>All names that <see cref="TryParse"/> accepts, in the order of <see cref="BackendKind"/>.</summary>
    public static IReadOnlyList<string> All { get; } = ["auto", "managed", "mkl", "openblas"];

    /// <summary>Returns the name of a backend.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a defined value.</exception>
    public static string NameOf(BackendKind kind) => (int)kind >= 0 && (int)kind < All.Count
        ? All[(int)kind]
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "The value is not a defined backend.");

    /// <summary>Parses the name of a backend, in upper or lower case.</summary>
    /// <returns>Whether <paramref name="name"/> is one of <see cref="All"/>.</returns>
    public static bool TryParse(string? name, out BackendKind kind)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (string.Equals(All[i], name, StringComparison.OrdinalIgnoreCase))
            {
                kind = (BackendKind)i;
                return true;
            }
        }

        kind = BackendKind.Auto;
        return false;
    }
}
