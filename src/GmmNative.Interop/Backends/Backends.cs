using GmmNative.Interop.Loading;
using GmmNative.Interop.Managed;
using GmmNative.Interop.Native;

namespace GmmNative.Interop;

/// <summary>Finds and opens the backends.</summary>
/// <remarks>
/// All members are thread-safe. A library is loaded and tested once and stays loaded. Every search that finds it returns the same
/// <see cref="DenseBackend"/>.
/// </remarks>
/// <example>
/// <code>
/// BackendSelection selection = Backends.Select(BackendKind.Auto);
/// Console.WriteLine($"{selection.Backend.Description}: {selection.Reason}");
/// </code>
/// </example>
public static class Backends
{
    /// <summary>The environment variable that specifies the choice of <see cref="BackendKind.Auto"/>.</summary>
    public const string ChoiceVariable = "GMMNATIVE_BACKEND";

    /// <summary>The managed backend, which is always available.</summary>
    public static DenseBackend Managed { get; } = new ManagedBackend();

    /// <summary>Opens a backend.</summary>
    /// <param name="kind">
    /// The backend to open. <see cref="BackendKind.Auto"/> selects the backend named by <c>GMMNATIVE_BACKEND</c>. If that variable is not
    /// set, is <c>auto</c>, or names an unavailable backend, it selects the available backend that is fastest on this processor, and
    /// <see cref="BackendSelection.Reason"/> says so. If that is the managed backend, no library is loaded.
    /// </param>
    /// <param name="search">The locations to search; <see langword="null"/> for <see cref="BackendSearch.Default"/>.</param>
    /// <returns>The backend, and how it was selected.</returns>
    /// <exception cref="BackendLoadException">The backend requested by <paramref name="kind"/> is not available.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="kind"/> is <see cref="BackendKind.Auto"/> and <c>GMMNATIVE_BACKEND</c> is not the name of a backend.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a defined value.</exception>
    public static BackendSelection Select(BackendKind kind = BackendKind.Auto, BackendSearch? search = null)
    {
        search ??= BackendSearch.Default;
        return kind switch
        {
            BackendKind.Auto => SelectAutomatically(search, ProcessorTraits.Current),
            BackendKind.Managed => new BackendSelection(Managed, "It was requested by name.", LoadReport.Empty),
            BackendKind.Mkl or BackendKind.OpenBlas => TryOpen(kind, search, out LoadReport report) is { } backend
                ? new BackendSelection(backend, "It was requested by name.", report)
                : throw new BackendLoadException(kind, NotAvailable(kind, report), report),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a backend."),
        };
    }

    /// <summary>Searches for all backends.</summary>
    /// <param name="search">The locations to search; <see langword="null"/> for <see cref="BackendSearch.Default"/>.</param>
    /// <returns>The available backends, why others are unavailable, and the choice of <see cref="BackendKind.Auto"/>.</returns>
    /// <exception cref="ArgumentException"><c>GMMNATIVE_BACKEND</c> is set, but not to the name of a backend.</exception>
    public static BackendSurvey Survey(BackendSearch? search = null)
    {
        search ??= BackendSearch.Default;
        var entries = new List<BackendSurveyEntry>
        {
            new(BackendKind.Managed, Managed, $"It needs no library and is always available: {ManagedBackend.VectorDescription}.",
                LoadReport.Empty),
        };
        foreach (NativeProduct product in NativeProduct.All)
        {
            NativeBackend? backend = NativeBackendLoader.Open(product, search, out LoadReport report);
            string reason = backend is null ? NotAvailable(product.Kind, report)
                : $"It was found as {report.Attempts[^1].Name} ({report.Attempts[^1].Source}): {backend.Details}.";
            entries.Add(new BackendSurveyEntry(product.Kind, backend, reason, report));
        }

        return new BackendSurvey(SelectAutomatically(search, ProcessorTraits.Current), entries);
    }

    /// <summary>Makes the choice of <see cref="BackendKind.Auto"/> for a given processor.</summary>
    internal static BackendSelection SelectAutomatically(BackendSearch search, ProcessorTraits processor)
    {
        var attempts = new List<LoadAttempt>();
        string instead = "";
        if (NamedByEnvironment(search) is { } named and not BackendKind.Auto)
        {
            if (Attempt(named, search, attempts) is { } backend)
            {
                return new BackendSelection(backend, $"{ChoiceVariable} names it.", new LoadReport(attempts));
            }

            NativeProduct product = NativeProduct.Of(named);
            instead = $"{ChoiceVariable} names {BackendNames.NameOf(named)}, but {LoadSummary.Of(product, attempts)}; chosen instead "
                + "because ";
        }

        foreach (BackendKind kind in AutoPolicy.Preference(processor))
        {
            if (Attempt(kind, search, attempts) is { } backend)
            {
                string reason = AutoPolicy.Reason(processor, kind);
                reason = instead.Length > 0 ? instead + reason : char.ToUpperInvariant(reason[0]) + reason[1..];
                return new BackendSelection(backend, reason + ".", new LoadReport(attempts)) { IsFallback = instead.Length > 0 };
            }
        }

        throw new InvalidOperationException("The order of preference ends with a backend that is always available.");
    }

    private static BackendKind? NamedByEnvironment(BackendSearch search)
    {
        string name = search.Environment(ChoiceVariable)?.Trim() ?? "";
        if (name.Length == 0)
        {
            return null;
        }

        return BackendNames.TryParse(name, out BackendKind kind)
            ? kind
            : throw new ArgumentException(
                $"The environment variable {ChoiceVariable} is '{name}', which is not a backend: "
                + $"set it to one of {string.Join(", ", BackendNames.All)}, or unset it.");
    }

    private static DenseBackend? Attempt(BackendKind kind, BackendSearch search, List<LoadAttempt> attempts)
    {
        // The backend named by GMMNATIVE_BACKEND has already been tried. Its attempts are recorded, and failed.
        if (attempts.Exists(attempt => attempt.Kind == kind))
        {
            return null;
        }

        DenseBackend? backend = TryOpen(kind, search, out LoadReport report);
        attempts.AddRange(report.Attempts);
        return backend;
    }

    private static DenseBackend? TryOpen(BackendKind kind, BackendSearch search, out LoadReport report)
    {
        report = LoadReport.Empty;
        return kind == BackendKind.Managed ? Managed : NativeBackendLoader.Open(NativeProduct.Of(kind), search, out report);
    }

    private static string NotAvailable(BackendKind kind, LoadReport report)
    {
        NativeProduct product = NativeProduct.Of(kind);
        return $"{LoadSummary.Of(product, report.Attempts)}. {LoadSummary.Advice(product)}";
    }
}
