using GmmNative.Interop.Loading;

namespace GmmNative.Interop.Native;

/// <summary>Loads, prepares and tests native libraries, each once per process.</summary>
internal static class NativeBackendLoader
{
    private static readonly Lock Gate = new();

    // The key contains the handle of the loader, which is the same for all names and links of a file. Failures are not stored, so that a
    // later search, possibly after an installation, tries again.
    private static readonly Dictionary<(BackendKind Kind, nint Library), NativeBackend> Opened = [];

    /// <summary>Opens the first library that works.</summary>
    /// <param name="product">The product to search for.</param>
    /// <param name="search">The locations to search.</param>
    /// <param name="report">Receives every attempt, up to the successful one.</param>
    /// <returns>The backend, or <see langword="null"/> if no library works.</returns>
    public static NativeBackend? Open(NativeProduct product, BackendSearch search, out LoadReport report)
    {
        var attempts = new List<LoadAttempt>();
        report = new LoadReport(attempts);
        foreach (LibraryCandidate candidate in LibraryCandidates.For(product, search))
        {
            NativeBackend? backend = null;
            string? failure = candidate.Problem ?? TryOpen(product, candidate.Target, out backend);
            attempts.Add(new LoadAttempt(product.Kind, candidate.Name, candidate.Source, failure));
            if (backend is not null)
            {
                return backend;
            }
        }

        return null;
    }

    private static string? TryOpen(NativeProduct product, string name, out NativeBackend? backend)
    {
        backend = null;
        lock (Gate)
        {
            try
            {
                // Never freed: worker threads and thread-local buffers of a library do not survive its unloading.
                nint library = SharedLibrary.Load(name, product.NeedsShield);
                if (!Opened.TryGetValue((product.Kind, library), out backend))
                {
                    backend = Prepare(product, library, name);
                    Opened.Add((product.Kind, library), backend);
                }

                return null;
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                return LoaderMessage.OneLine(error.Message, name);
            }
            catch (EntryPointNotFoundException error)
            {
                return $"not {product.DisplayName}, or too old: the entry point {error.Message} is missing";
            }
            catch (LibraryRefusedException error)
            {
                return error.Message;
            }
        }
    }

    private static NativeBackend Prepare(NativeProduct product, nint library, string name)
    {
        // The self-contained library is identified first. Nothing else in it can be relied on before that.
        bool ours = SelfContainedBlas.IsOne(library);
        if (ours)
        {
            SelfContainedBlas.CheckServes(library, product);
        }

        // The tables are created first, so that no function is called in a library that lacks one.
        var doubleTable = new NativeTable<double>(library);
        var singleTable = new NativeTable<float>(library);
        string? path = LoadedModule.PathOf(library, "cblas_dgemm");
        LibraryIdentity identity = ours ? SelfContainedBlas.Prepare(library)
            : product.Prepare(library, Path.IsPathRooted(name) ? name : path);
        SelfTest<double>.Run(doubleTable);
        SelfTest<float>.Run(singleTable);
        return new NativeBackend(product.Kind, path ?? name, identity, doubleTable, singleTable);
    }
}
