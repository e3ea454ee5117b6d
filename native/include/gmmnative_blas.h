/*
 * libgmmnative_blas: the few BLAS and LAPACK routines that GmmNative calls, taken from one vendor's static libraries into one
 * shared library that needs nothing but the C library.
 *
 * This header declares the functions that the library has beside them: what it is made of, and how to make it ready. The
 * routines themselves have their usual interfaces: CBLAS with row-major or column-major order, and LAPACK as Fortran
 * calls it (all arguments by address, names in lower case with an underscore, the hidden length of a character last). The
 * complete list is exports.txt.
 *
 * Integers of the routines are gmmnative_blas_integer_bits() wide. All functions and routines may be called from any number of
 * threads at once. Texts are ASCII, live as long as the library and are not to be freed.
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
 * The version of the interface that this header describes. It rises when a function, or what one returns, changes its meaning or goes
 * away; functions that are added do not raise it.
 */
#define GMMNATIVE_BLAS_INTERFACE 1

/* Values of gmmnative_blas_threading. */
#define GMMNATIVE_BLAS_SEQUENTIAL 0 /* a call computes on the thread that makes it */
#define GMMNATIVE_BLAS_POOL 1       /* the library has threads of its own; gmmnative_blas_initialize keeps it to one */

#ifdef __cplusplus
extern "C" {
#endif

/*
 * GMMNATIVE_BLAS_INTERFACE of the header that the library was built with. Ask this first: nothing else may be called, or is
 * even sure to be there, when the number is not one that the caller knows.
 */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_interface(void);

/* Whose routines these are: "MKL" or "OpenBLAS". */
GMMNATIVE_API const char *GMMNATIVE_CALL gmmnative_blas_vendor(void);

/* The vendor's version number, such as "2020.0.4" or "0.3.21"; "unknown" when it does not tell. */
GMMNATIVE_API const char *GMMNATIVE_CALL gmmnative_blas_version(void);

/* Which of the vendor's kernels run on this processor, a few words such as "Zen kernels"; empty when it does not tell. */
GMMNATIVE_API const char *GMMNATIVE_CALL gmmnative_blas_configuration(void);

/* The width of integers in calls and matrices: 32 (LP64) or 64 (ILP64). */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_integer_bits(void);

/* GMMNATIVE_BLAS_SEQUENTIAL or GMMNATIVE_BLAS_POOL. */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_threading(void);

/*
 * Makes the library ready: each call computes on one thread, and gives the same bits for the same numbers wherever in memory the
 * operands lie. To be called before the first routine; calling it again does nothing.
 * Returns 0, or the vendor's error number when it refused; its routines then compute correctly, but their bits may depend on where
 * operands lie.
 */
GMMNATIVE_API int32_t GMMNATIVE_CALL gmmnative_blas_initialize(void);

#ifdef __cplusplus
}
#endif

#endif
