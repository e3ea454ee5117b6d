using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>A BLAS product: its file names, its additional locations, and its initialization.</summary>
internal abstract class NativeProduct
{
    /// <summary>All products, in the order of <see cref="BackendKind"/>.</summary>
    public static IReadOnlyList<NativeProduct> All { get; } = [new MklProduct(), new OpenBlasProduct()];

    /// <summary>The backend that the product implements.</summary>
    public abstract BackendKind Kind { get; }

    /// <summary>The name in messages.</summary>
    public abstract string DisplayName { get; }

    /// <summary>The Debian and Ubuntu package that contains the library.</summary>
    public abstract string DebianPackage { get; }

    /// <summary>The file names to try, in order.</summary>
    public abstract IReadOnlyList<string> FileNames { get; }

    /// <summary>Whether the library calls functions of another BLAS in the process instead of its own, unless it is shielded.</summary>
    public abstract bool NeedsShield { get; }

    /// <summary>Returns the product that implements a backend.</summary>
    public static NativeProduct Of(BackendKind kind) => All.Single(product => product.Kind == kind);

    /// <summary>Returns the folders specific to this product, with the source of each.</summary>
    public virtual IEnumerable<(string Folder, string Source)> OwnFolders(BackendSearch search) => [];

    /// <summary>
    /// Initializes a loaded library for calls from many threads, and limits each call to the calling thread. Called before all other
    /// functions of the library.
    /// </summary>
    /// <param name="library">The library's handle.</param>
    /// <param name="path">
    /// The file of the library, under the name that was loaded (possibly a link); <see langword="null"/> if it is not known.
    /// </param>
    /// <exception cref="LibraryRefusedException">The library cannot be used.</exception>
    /// <exception cref="EntryPointNotFoundException">The library is not of this product; the message is the missing name.</exception>
    public abstract LibraryIdentity Prepare(nint library, string? path);

    /// <summary>Returns the address of a function.</summary>
    /// <exception cref="EntryPointNotFoundException">The function does not exist; the message is its name.</exception>
    protected static nint Find(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address) ? address : throw new EntryPointNotFoundException(name);
}
