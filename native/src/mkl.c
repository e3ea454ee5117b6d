/* What the library tells of itself when it is made of MKL. */
#include <stdio.h>

#include <mkl_service.h>

#include "gmmnative_blas.h"

const char *GMMNATIVE_CALL gmmnative_blas_vendor(void)
{
    return "MKL";
}

const char *GMMNATIVE_CALL gmmnative_blas_version(void)
{
    /* Threads that come here together write the same text. */
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
    /* Without it results depend on where in memory a matrix begins. Refused once anything has been computed. */
    if (MKL_CBWR_Get(MKL_CBWR_BRANCH) == MKL_CBWR_AUTO)
    {
        return 0;
    }

    return MKL_CBWR_Set(MKL_CBWR_AUTO);
}
