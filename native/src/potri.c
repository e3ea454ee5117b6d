/*
 * LAPACK's potri for an OpenBLAS that was built without LAPACK. OpenBLAS itself has the two routines that potri is composed of: the inverse of a
 * triangle, and the product of a triangle with its transpose.
 */
#include <openblas_config.h>

#include <stddef.h>

void xerbla_(const char *name, const blasint *argument, size_t length);

#define POTRI(potri, trtri, lauum, real, name)                                                                                         \
    void trtri(const char *triangle, const char *diagonal, const blasint *n, real *a, const blasint *lda, blasint *info,                \
        size_t triangle_length, size_t diagonal_length);                                                                               \
    void lauum(const char *triangle, const blasint *n, real *a, const blasint *lda, blasint *info, size_t triangle_length);             \
    void potri(const char *triangle, const blasint *n, real *a, const blasint *lda, blasint *info, size_t triangle_length);             \
                                                                                                                                       \
    void potri(const char *triangle, const blasint *n, real *a, const blasint *lda, blasint *info, size_t triangle_length)              \
    {                                                                                                                                  \
        blasint wrong = wrong_argument(*triangle, *n, *lda);                                                                           \
        *info = -wrong;                                                                                                                \
        if (wrong != 0)                                                                                                                \
        {                                                                                                                              \
            xerbla_(name, &wrong, sizeof name - 1);                                                                                    \
            return;                                                                                                                    \
        }                                                                                                                              \
                                                                                                                                       \
        trtri(triangle, "N", n, a, lda, info, triangle_length, 1);                                                                     \
        if (*info == 0)                                                                                                                \
        {                                                                                                                              \
            lauum(triangle, n, a, lda, info, triangle_length);                                                                         \
        }                                                                                                                              \
    }

static blasint wrong_argument(char triangle, blasint n, blasint lda)
{
    if (triangle != 'U' && triangle != 'L' && triangle != 'u' && triangle != 'l')
    {
        return 1;
    }

    return n < 0 ? 2 : lda < (n > 1 ? n : 1) ? 4 : 0;
}

POTRI(dpotri_, dtrtri_, dlauum_, double, "DPOTRI")
POTRI(spotri_, strtri_, slauum_, float, "SPOTRI")
