/*
 * The functions by which a program makes MKL's or OpenBLAS's own library ready, in front of OpenBLAS's routines: to the loader in .NET the
 * library looks as the vendor's does, under the vendor's file names.
 */
#ifdef IMITATION_MKL
#include <string.h>

int MKL_Set_Interface_Layer(int layer)
{
    return layer;
}

int MKL_Set_Threading_Layer(int layer)
{
    return layer;
}

void MKL_Set_Num_Threads(int threads)
{
    (void)threads;
}

int MKL_CBWR_Set(int branch)
{
    (void)branch;
    return 0;
}

void MKL_Get_Version_String(char *text, int length)
{
    (void)strncpy(text, "Intel(R) Math Kernel Library Version 1.2.3 Product Build 20000101 for tests", (size_t)length);
}
#else
/* OpenBLAS's own function reports that the static library has no threads. The loader would reject the vendor's library for that. */
int openblas_get_parallel(void)
{
    return 1;
}
#endif
