/* The identity of the library when it is built from MKL. */
#include <stdio.h>

#include <mkl_service.h>

#include "gmmnative_blas.h"

const char *GMMNATIVE_CALL gmmnative_blas_vendor(void)
{
    return "MKL";
}

const char *GMMNATIVE_CALL gmmnative_blas_version(void)
{
    /* Threads that run this at the same time write the same text. */
    static char text[64];
    MKLVersion version;
    MKL_Get_Version(&version);
    (void)snprintf(text, sizeof text, "%d.%d.%d", version.MajorVersion, version.MinorVersion, version.UpdateVersion);
    return text;
}

const char *GMMNATIVE_CALL gmmnative_blas_configuration(void)
{
    return "";
}

int32_t GMMNATIVE_CALL gmmnative_blas_integer_bits(void)
{
    return (int32_t)(8 * sizeof(MKL_INT));
}

int32_t GMMNATIVE_CALL gmmnative_blas_threading(void)
{
    return GMMNATIVE_BLAS_SEQUENTIAL;
}

int32_t GMMNATIVE_CALL gmmnative_blas_initialize(void)
{
    /* Without it, results depend on the address of a matrix. MKL rejects it after the first computation. */
    if (MKL_CBWR_Get(MKL_CBWR_BRANCH) == MKL_CBWR_AUTO)
    {
        return 0;
    }

    return MKL_CBWR_Set(MKL_CBWR_AUTO);
}
