using GmmNative.Interop.Loading;

namespace GmmNative.Interop.Native;

/// <summary>Loads, prepares and tests native libraries, each once in the life of the process.</summary>
internal static class NativeBackendLoader
{
    private static readonly Lock Gate = new();

    // By the loader's handle, which is the same whatever name or link a file was found by. Failures are not kept: another search,
    // or the same one after something was installed, is to look again.
    private static readonly Dictionary<(BackendKind Kind, nint Library), NativeBackend> Opened = [];

    /// <summary>Opens the first library that works.</summary>
    /// <param name="product">The make to look for.</param>
    /// <param name="search">Where to look.</param>
    /// <param name="report">Every name tried, up to the one that worked.</param>
    /// <returns>The backend, or <see langword="null"/> when none works.</returns>
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
                // Never freed: a library's worker threads and thread-local buffers do not survive being unloaded under them.
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
        // Our own library tells what it is; nothing else in it may be relied on before that.
        bool ours = SelfContainedBlas.IsOne(library);
        if (ours)
        {
            SelfContainedBlas.CheckServes(library, product);
        }

        // The tables come first: a library that lacks a function is not touched.
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
