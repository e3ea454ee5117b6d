namespace GmmNative.Interop.Loading;

/// <summary>The rule by which <see cref="BackendKind.Auto"/> chooses; nothing else knows it.</summary>
internal static class AutoPolicy
{
    /// <summary>
    /// The backends in order of preference, up to the first that is always there. The managed kernels were measured faster than both
    /// libraries on 512-bit vectors and, on AMD, on 256-bit ones (docs/backends.md); elsewhere the libraries come first, each maker's on
    /// its own processors.
    /// </summary>
    public static IReadOnlyList<BackendKind> Preference(ProcessorTraits processor) => processor switch
    {
        { VectorBits: >= 512 } or { VectorBits: 256, IsAmd: true } => [BackendKind.Managed],
        { IsAmd: true } => [BackendKind.OpenBlas, BackendKind.Mkl, BackendKind.Managed],
        _ => [BackendKind.Mkl, BackendKind.OpenBlas, BackendKind.Managed],
    };

    /// <summary>Why a backend of that order was chosen, a clause.</summary>
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
