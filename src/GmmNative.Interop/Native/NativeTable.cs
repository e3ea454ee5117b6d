using System.Numerics;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Native;

/// <summary>The entry points of one loaded library in one precision: CBLAS products and Fortran LAPACK factorizations.</summary>
/// <remarks>
/// Integers are 32 bits wide (LP64). A Fortran character is passed by address, and its length (1) by value after all other
/// arguments. A library that was not built by a Fortran compiler ignores the length.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed unsafe class NativeTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Finds all entry points.</summary>
    /// <exception cref="EntryPointNotFoundException">An entry point is missing; the message is its name.</exception>
    public NativeTable(nint library)
    {
        // In BLAS and LAPACK, the first letter of every routine name is its precision.
        char letter = typeof(T) == typeof(double) ? 'd' : typeof(T) == typeof(float) ? 's'
            : throw new NotSupportedException($"BLAS has no routines for {typeof(T)}.");

        Gemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, T, T*, int, T*, int, T, T*, int, void>)
            Find(library, $"cblas_{letter}gemm");
        Trsm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, int, T, T*, int, T*, int, void>)
            Find(library, $"cblas_{letter}trsm");
        Syrk = (delegate* unmanaged[Cdecl]<int, int, int, int, int, T, T*, int, T, T*, int, void>)
            Find(library, $"cblas_{letter}syrk");
        Potrf = (delegate* unmanaged[Cdecl]<byte*, int*, T*, int*, int*, nint, void>)Find(library, $"{letter}potrf_");
        Potri = (delegate* unmanaged[Cdecl]<byte*, int*, T*, int*, int*, nint, void>)Find(library, $"{letter}potri_");
    }

    /// <summary>order, transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc: C = alpha op(A) op(B) + beta C.</summary>
    public delegate* unmanaged[Cdecl]<int, int, int, int, int, int, T, T*, int, T*, int, T, T*, int, void> Gemm { get; }

    /// <summary>order, side, uplo, transA, diag, m, n, alpha, A, lda, B, ldb: B = alpha op(A)^-1 B or alpha B op(A)^-1.</summary>
    public delegate* unmanaged[Cdecl]<int, int, int, int, int, int, int, T, T*, int, T*, int, void> Trsm { get; }

    /// <summary>order, uplo, trans, n, k, alpha, A, lda, beta, C, ldc: C = alpha op(A) op(A)' + beta C, one triangle.</summary>
    public delegate* unmanaged[Cdecl]<int, int, int, int, int, T, T*, int, T, T*, int, void> Syrk { get; }

    /// <summary>uplo, n, A, lda, info, length of uplo: Cholesky factor.</summary>
    public delegate* unmanaged[Cdecl]<byte*, int*, T*, int*, int*, nint, void> Potrf { get; }

    /// <summary>uplo, n, A, lda, info, length of uplo: inverse from the Cholesky factor.</summary>
    public delegate* unmanaged[Cdecl]<byte*, int*, T*, int*, int*, nint, void> Potri { get; }

    private static nint Find(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address) ? address : throw new EntryPointNotFoundException(name);
}
