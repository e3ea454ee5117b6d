/* Answers as libgmmnative_blas does, but for one answer that no loader can accept. It has no routine of BLAS. */
#include "gmmnative_blas.h"

int32_t GMMNATIVE_CALL gmmnative_blas_interface(void)
{
#ifdef STUB_INTERFACE
    return 1000;
#else
    return GMMNATIVE_BLAS_INTERFACE;
#endif
}

#ifndef STUB_INTERFACE /* of an interface that is not known, no other function need be there */
const char *GMMNATIVE_CALL gmmnative_blas_vendor(void)
{
#ifdef STUB_VENDOR
    return "ACML";
#else
    return "OpenBLAS";
#endif
}

const char *GMMNATIVE_CALL gmmnative_blas_version(void)
{
    return "1.2.3";
}

const char *GMMNATIVE_CALL gmmnative_blas_configuration(void)
{
    return "";
}

int32_t GMMNATIVE_CALL gmmnative_blas_integer_bits(void)
{
#ifdef STUB_INTEGERS
    return 64;
#else
    return 32;
#endif
}

int32_t GMMNATIVE_CALL gmmnative_blas_threading(void)
{
    return GMMNATIVE_BLAS_SEQUENTIAL;
}

int32_t GMMNATIVE_CALL gmmnative_blas_initialize(void)
{
    return 0;
}
#endif
