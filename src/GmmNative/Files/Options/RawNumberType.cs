namespace GmmNative;

/// <summary>The number type of raw little-endian files.</summary>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("rows.raw", new VectorFileOptions { Dimension = 39, RawType = RawNumberType.Float32 });
/// </code>
/// </example>
public enum RawNumberType
{
    /// <summary>64-bit floating point, <c>f64</c>.</summary>
    Float64,

    /// <summary>32-bit floating point, <c>f32</c>.</summary>
    Float32,
}
