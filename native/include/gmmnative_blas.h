/*
 * libgmmnative_blas: the few BLAS and LAPACK routines that GmmNative calls, from one vendor's static libraries, in one shared library
 * that needs only the C library.
 *
 * This header declares the additional functions of the library, which identify and initialize it. The
 * routines themselves have their usual interfaces: CBLAS with row-major or column-major order, and LAPACK as Fortran
 * calls it (all arguments by address, names in lower case with an underscore, the hidden length of a character last). The
 * complete list is exports.txt.
 *
 * Integers of the routines are gmmnative_blas_integer_bits() wide. All functions and routines may be called by any number of
 * threads at the same time. Strings are ASCII, live as long as the library and must not be freed.
 */
#ifndef GMMNATIVE_BLAS_H
#define GMMNATIVE_BLAS_H

#include <stdint.h>

#if defined(_WIN32)
#define GMMNATIVE_API __declspec(dllexport)
#define GMMNATIVE_CALL __cdecl
#else
#define GMMNATIVE_API __attribute__((visibility("default")))
#define GMMNATIVE_CALL
#endif

/*
 * The version of the interface that this header describes. It increases when the meaning of a function or of its result changes, or when a
 * function is removed. Adding functions does not change it.
 */
#define GMMNATIVE_BLAS_INTERFACE 1

/* Values of gmmnative_blas_threading. */
#define GMMNATIVE_BLAS_SEQUENTIAL 0 /* a call computes on the calling thread */
#define GMMNATIVE_BLAS_POOL 1       /* the library has its own threads; gmmnative_blas_initialize limits it to one */

#ifdef __cplusplus
extern "C" {
#endif

/*
 * GMMNATIVE_BLAS_INTERFACE of the header that the library was built with. Call this function first: if the caller does not support the
 * number, no other function may be called, or may even exist.
 */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_interface(void);

/* Whose routines these are: "MKL" or "OpenBLAS". */
GMMNATIVE_API const char *GMMNATIVE_CALL gmmnative_blas_vendor(void);

/* The vendor's version number, such as "2020.0.4" or "0.3.21"; "unknown" if the vendor does not report it. */
GMMNATIVE_API const char *GMMNATIVE_CALL gmmnative_blas_version(void);

/* Which of the vendor's kernels run on this processor, a few words such as "Zen kernels"; empty if the vendor does not report it. */
GMMNATIVE_API const char *GMMNATIVE_CALL gmmnative_blas_configuration(void);

/* The width of integers in calls and matrices: 32 (LP64) or 64 (ILP64). */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_integer_bits(void);

/* GMMNATIVE_BLAS_SEQUENTIAL or GMMNATIVE_BLAS_POOL. */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_threading(void);

/*
 * Initializes the library: each call then computes on one thread, and gives the same bits for the same numbers at any memory address.
 * Must be called before the first routine; calling it again has no effect.
 * Returns 0, or the vendor's error number if the vendor rejected it. The routines then compute correctly, but their bits may depend on the
 * addresses of operands.
 */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_initialize(void);

#ifdef __cplusplus
}
#endif

#endif
