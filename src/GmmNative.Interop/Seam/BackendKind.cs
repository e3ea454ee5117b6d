namespace GmmNative.Interop;

/// <summary>The implementations of the dense operations.</summary>
/// <example>
/// <code>
/// BackendSelection selection = Backends.Select(BackendKind.OpenBlas);
/// </code>
/// </example>
public enum BackendKind
{
    /// <summary>The implementation that is expected to be the fastest available one on this processor. Selecting it never fails.</summary>
    Auto,

    /// <summary>SIMD kernels written in C#, which need no native library and are always available.</summary>
    Managed,

    /// <summary>Intel's oneAPI Math Kernel Library, through its single dynamic library (<c>mkl_rt</c>).</summary>
    Mkl,

    /// <summary>OpenBLAS (<c>libopenblas</c>).</summary>
    OpenBlas,
}
