namespace GmmNative.Interop;

/// <summary>The rule by which <see cref="BackendKind.Auto"/> chooses; nothing else knows it.</summary>
internal static class AutoPolicy
{
    /// <summary>
    /// The backends in order of preference, up to the first that is always there. The managed kernels were measured level with the
    /// libraries on 512-bit vectors; on narrower ones the libraries' hand-scheduled kernels lead, each maker's on its own processors.
    /// </summary>
    public static IReadOnlyList<BackendKind> Preference(ProcessorTraits processor) => processor switch
    {
        { HasVector512: true } => [BackendKind.Managed],
        { IsAmd: true } => [BackendKind.OpenBlas, BackendKind.Mkl, BackendKind.Managed],
        _ => [BackendKind.Mkl, BackendKind.OpenBlas, BackendKind.Managed],
    };

    /// <summary>Why a backend of that order was chosen, a clause.</summary>
    public static string Reason(ProcessorTraits processor, BackendKind chosen)
    {
        if (processor.HasVector512)
        {
            return "the managed kernels are as fast as the libraries on this processor's 512-bit vectors";
        }

        return chosen == BackendKind.Managed
            ? "neither MKL nor OpenBLAS is available"
            : $"it is the first of {string.Join(", ", Preference(processor).Select(BackendNames.NameOf))} "
                + "that is available, the order for this processor";
    }
}
