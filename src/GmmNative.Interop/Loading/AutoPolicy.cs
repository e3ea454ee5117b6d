namespace GmmNative.Interop.Loading;

/// <summary>The selection rule of <see cref="BackendKind.Auto"/>.</summary>
internal static class AutoPolicy
{
    /// <summary>
    /// Returns the backends in order of preference, up to the first one that is always available. In measurements (docs/backends.md), the
    /// managed kernels were faster than both libraries with 512-bit vectors and, on AMD, with 256-bit vectors. On other processors the
    /// libraries come first: MKL on Intel, OpenBLAS on AMD.
    /// </summary>
    public static IReadOnlyList<BackendKind> Preference(ProcessorTraits processor) => processor switch
    {
        { VectorBits: >= 512 } or { VectorBits: 256, IsAmd: true } => [BackendKind.Managed],
        { IsAmd: true } => [BackendKind.OpenBlas, BackendKind.Mkl, BackendKind.Managed],
        _ => [BackendKind.Mkl, BackendKind.OpenBlas, BackendKind.Managed],
    };

    /// <summary>Returns the reason for the choice of a backend, as a clause.</summary>
    public static string Reason(ProcessorTraits processor, BackendKind chosen)
    {
        IReadOnlyList<BackendKind> preference = Preference(processor);
        if (preference[0] == BackendKind.Managed)
        {
            return $"the managed kernels are faster than the libraries on this processor's {processor.VectorBits}-bit vectors";
        }

        return chosen == BackendKind.Managed
            ? "neither MKL nor OpenBLAS is available"
            : $"it is the first of {string.Join(", ", preference.Select(BackendNames.NameOf))} "
                + "that is available, the order for this processor";
    }
}
