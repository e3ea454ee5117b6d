using GmmNative.Interop;

namespace GmmNative.TestSupport;

/// <summary>The backends that tests run on: all that are there.</summary>
/// <remarks>
/// <c>GMMNATIVE_TEST_REQUIRE=mkl,openblas</c> makes it an error that one of those is not available.
/// <c>GMMNATIVE_TEST_BACKENDS=managed</c> leaves all others out of the run.
/// </remarks>
public static class TestBackends
{
    /// <summary>The environment variable that names backends that must be available.</summary>
    public const string RequireVariable = "GMMNATIVE_TEST_REQUIRE";

    /// <summary>The environment variable that names the only backends to run on.</summary>
    public const string OnlyVariable = "GMMNATIVE_TEST_BACKENDS";

    private static readonly List<BackendKind> Only = Names(OnlyVariable);

    private static readonly Dictionary<BackendKind, DenseBackend> Available = [];

    private static readonly Dictionary<BackendKind, string> Missing = [];

    static TestBackends()
    {
        foreach (BackendKind kind in (ReadOnlySpan<BackendKind>)[BackendKind.Managed, BackendKind.Mkl, BackendKind.OpenBlas])
        {
            if (Only.Count > 0 && !Only.Contains(kind))
            {
                Missing.Add(kind, $"{BackendNames.NameOf(kind)} (not in {OnlyVariable})");
                continue;
            }

            try
            {
                Available.Add(kind, Backends.Select(kind).Backend);
            }
            catch (BackendLoadException error)
            {
                Missing.Add(kind, $"{BackendNames.NameOf(kind)} ({error.Message})");
            }
        }
    }

    /// <summary>The kinds that are there, managed first.</summary>
    public static IReadOnlyList<BackendKind> Kinds => [.. Available.Keys];

    /// <summary>The backends that were left out, each with the reason.</summary>
    public static IReadOnlyList<string> LeftOut => [.. Missing.Values];

    /// <summary>The backends that must be there and are not, each with the reason; a test run with any is a failure.</summary>
    public static IReadOnlyList<string> RequiredButMissing =>
        [.. Names(RequireVariable).Where(Missing.ContainsKey).Select(kind => Missing[kind])];

    /// <summary>One line with the backends that the tests run on, and those that were left out.</summary>
    public static string Describe() => $"Backends tested: {string.Join("; ", Available.Values)}. Left out: "
        + (Missing.Count == 0 ? "none." : string.Join("; ", LeftOut));

    /// <summary>The backend of a kind in <see cref="Kinds"/>.</summary>
    public static DenseBackend Get(BackendKind kind) => Available[kind];

    private static List<BackendKind> Names(string variable)
    {
        var kinds = new List<BackendKind>();
        string value = Environment.GetEnvironmentVariable(variable) ?? "";
        foreach (string name in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            kinds.Add(BackendNames.TryParse(name, out BackendKind kind) && kind != BackendKind.Auto
                ? kind
                : throw new InvalidOperationException($"{variable} names '{name}', which is no backend: managed, mkl, openblas."));
        }

        return kinds;
    }
}
