/* The identity of the library when it is built from OpenBLAS. */
#include <stdio.h>

#include <openblas_config.h>

#include "gmmnative_blas.h"

/* Declared here instead of including its cblas.h, which declares all of CBLAS. */
char *openblas_get_config(void);
char *openblas_get_corename(void);
int openblas_get_parallel(void);
void openblas_set_num_threads(int threads);

const char *GMMNATIVE_CALL gmmnative_blas_vendor(void)
{
    return "OpenBLAS";
}

const char *GMMNATIVE_CALL gmmnative_blas_version(void)
{
    /* "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...". Threads that run this at the same time write the same text. */
    static char text[64];
    if (sscanf(openblas_get_config(), "OpenBLAS %63s", text) != 1)
    {
        return "unknown";
    }

    return text;
}

const char *GMMNATIVE_CALL gmmnative_blas_configuration(void)
{
    static char text[64];
    (void)snprintf(text, sizeof text, "%s kernels", openblas_get_corename());
    return text;
}

int32_t GMMNATIVE_CALL gmmnative_blas_integer_bits(void)
{
    return (int32_t)(8 * sizeof(blasint));
}

int32_t GMMNATIVE_CALL gmmnative_blas_threading(void)
{
    return openblas_get_parallel() == 0 ? GMMNATIVE_BLAS_SEQUENTIAL : GMMNATIVE_BLAS_POOL;
}

int32_t GMMNATIVE_CALL gmmnative_blas_initialize(void)
{
    openblas_set_num_threads(1);
    return 0;
}
