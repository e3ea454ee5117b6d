namespace GmmNative.Benchmarks;

/// <summary>Floating-point work.</summary>
/// <param name="Operations">Additions and multiplications.</param>
/// <param name="Precision">The precision of most operations.</param>
/// <param name="Threads">Threads that share it.</param>
public sealed record Work(double Operations, Precision Precision, int Threads)
{
    /// <summary>Work of one thread in the precision <typeparamref name="T"/>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="operations">Additions and multiplications.</param>
    public static Work Of<T>(double operations) => new(operations, typeof(T) == typeof(float) ? Precision.Single : Precision.Double, 1);
}
