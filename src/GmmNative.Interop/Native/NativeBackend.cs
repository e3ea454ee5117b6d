using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Native;

/// <summary>A BLAS and LAPACK library that has been loaded, prepared and tested.</summary>
internal sealed class NativeBackend(
    BackendKind kind,
    string library,
    LibraryIdentity identity,
    NativeTable<double> doubleTable,
    NativeTable<float> singleTable) : DenseBackend
{
    public override BackendKind Kind { get; } = kind;

    public override string Library { get; } = library;

    public override string Version { get; } = identity.Version;

    /// <summary>The configuration of the library, in a few words.</summary>
    public string Details { get; } = identity.Details;

    public override string Description => $"{Name} {Version}, {Details} ({Library})";

    internal override IDenseOperations<double> DoubleOperations { get; } = new NativeOperations<double>(doubleTable);

    internal override IDenseOperations<float> SingleOperations { get; } = new NativeOperations<float>(singleTable);
}
