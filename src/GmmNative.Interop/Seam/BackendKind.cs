namespace GmmNative.Interop;

/// <summary>Which implementation of the dense operations to use.</summary>
/// <example>
/// <code>
/// BackendSelection selection = Backends.Select(BackendKind.OpenBlas);
/// </code>
/// </example>
public enum BackendKind
{
    /// <summary>The implementation known to be fastest on this processor among those that are there; never fails.</summary>
    Auto,

    /// <summary>SIMD kernels written in C#; needs no native library and is always there.</summary>
    Managed,

    /// <summary>Intel's oneAPI Math Kernel Library, single dynamic library interface (<c>mkl_rt</c>).</summary>
    Mkl,

    /// <summary>OpenBLAS (<c>libopenblas</c>).</summary>
    OpenBlas,
}
