using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Interop;

/// <summary>
/// An implementation of the dense operations in single and double precision: managed code, or a native library that has been loaded and
/// tested. A backend is passed as an argument and has no mutable state. A process can use several backends at the same time, from any
/// number of threads.
/// </summary>
/// <remarks>
/// <see cref="Backends"/> provides backends. The operations are internal, so that kernels can change without breaking users.
/// </remarks>
/// <example>
/// <code>
/// DenseBackend backend = Backends.Managed;
/// Console.WriteLine($"{backend.Name}: {backend.Description}");
/// </code>
/// </example>
public abstract class DenseBackend
{
    private protected DenseBackend()
    {
    }

    /// <summary>The implementation; never <see cref="BackendKind.Auto"/>.</summary>
    public abstract BackendKind Kind { get; }

    /// <summary>
    /// The name used on command lines, in reports and in <c>GMMNATIVE_BACKEND</c>: <c>managed</c>, <c>mkl</c> or <c>openblas</c>.
    /// </summary>
    public string Name => BackendNames.NameOf(Kind);

    /// <summary>The loaded file or library name, or <see langword="null"/> for the managed implementation.</summary>
    public abstract string? Library { get; }

    /// <summary>The version that the implementation reports.</summary>
    public abstract string Version { get; }

    /// <summary>A description in one line: name, version, instruction set or configuration, library.</summary>
    public abstract string Description { get; }

    /// <summary>The operations in double precision.</summary>
    internal abstract IDenseOperations<double> DoubleOperations { get; }

    /// <summary>The operations in single precision.</summary>
    internal abstract IDenseOperations<float> SingleOperations { get; }

    /// <summary>Returns the operations in the precision <typeparamref name="T"/>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    internal IDenseOperations<T> Operations<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            return (IDenseOperations<T>)DoubleOperations;
        }

        if (typeof(T) == typeof(float))
        {
            return (IDenseOperations<T>)SingleOperations;
        }

        throw new NotSupportedException($"Dense operations exist for float and double, not for {typeof(T)}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Description;
}
