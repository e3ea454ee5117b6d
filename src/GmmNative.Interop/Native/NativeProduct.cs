using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>What is particular to one make of BLAS library: its file names, where else it is found, and how to make it ready.</summary>
internal abstract class NativeProduct
{
    /// <summary>All makes, in the order of <see cref="BackendKind"/>.</summary>
    public static IReadOnlyList<NativeProduct> All { get; } = [new MklProduct(), new OpenBlasProduct()];

    /// <summary>Which backend it makes.</summary>
    public abstract BackendKind Kind { get; }

    /// <summary>The name for people.</summary>
    public abstract string DisplayName { get; }

    /// <summary>The package of Debian and Ubuntu that holds it.</summary>
    public abstract string DebianPackage { get; }

    /// <summary>The file names to try, in order.</summary>
    public abstract IReadOnlyList<string> FileNames { get; }

    /// <summary>Whether the library's calls to its own functions go astray when another BLAS is in the process.</summary>
    public abstract bool NeedsShield { get; }

    /// <summary>The make of a backend.</summary>
    public static NativeProduct Of(BackendKind kind) => All.Single(product => product.Kind == kind);

    /// <summary>Folders that only this make is found in, with what told of them.</summary>
    public virtual IEnumerable<(string Folder, string Source)> OwnFolders(BackendSearch search) => [];

    /// <summary>
    /// Makes a loaded library ready for calls from many threads, each of which it is to serve alone; called before any other of its
    /// functions.
    /// </summary>
    /// <param name="library">The library's handle.</param>
    /// <param name="path">Its file, by the name that it was loaded by (which may be a link); <see langword="null"/> when that is not
    /// known.</param>
    /// <exception cref="LibraryRefusedException">It cannot be used.</exception>
    /// <exception cref="EntryPointNotFoundException">It is no library of this make; the message is the name that is missing.</exception>
    public abstract LibraryIdentity Prepare(nint library, string? path);

    /// <summary>The address of a function.</summary>
    /// <exception cref="EntryPointNotFoundException">There is no such function; the message is its name.</exception>
    protected static nint Find(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address) ? address : throw new EntryPointNotFoundException(name);
}
