/* The part of the interface that is the same for all vendors. */
#include "gmmnative_blas.h"

int32_t GMMNATIVE_CALL gmmnative_blas_interface(void)
{
    return GMMNATIVE_BLAS_INTERFACE;
}
