/*
 * The main function of a program that is compiled ahead of time. The file contains the program several times, each version compiled for another
 * level of the x86-64 instruction set (GmmNative.targets). This function runs the highest level that the processor and the system support.
 *
 * The choice agrees with the just-in-time compiler of .NET and obeys the same settings.
 */
#include <cpuid.h>
#include <stdlib.h>

int gmm_main_base(int argc, char **argv);
int gmm_main_v3(int argc, char **argv);
int gmm_main_v4(int argc, char **argv);

/* Whether a setting of .NET, a hexadecimal number, is 0. */
static int is_off(const char *name)
{
    const char *value = getenv(name);
    char *end;
    return value != NULL && *value != '\0' && strtoul(value, &end, 16) == 0 && *end == '\0';
}

/* AVX2, and the other instruction sets that .NET requires together with it. */
static int has_v3(void)
{
    unsigned eax, ebx, ecx = 0, edx, extended = 0;
    if (is_off("DOTNET_EnableHWIntrinsic") || is_off("DOTNET_EnableAVX") || is_off("DOTNET_EnableAVX2"))
        return 0;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !__get_cpuid(0x80000001, &eax, &ebx, &extended, &edx))
        return 0;

    /* These four checks include the operating system, which must save the wide registers. */
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
        && (ecx & bit_MOVBE) && (ecx & bit_F16C) && (extended & bit_LZCNT);
}

/* Intel's first processors with 512-bit vectors slow down when they use them: .NET prefers 256 bits there. */
static int is_slowed_by_512(void)
{
    unsigned eax, ebx, ecx, edx, model;
    if (!__builtin_cpu_is("intel") || !__get_cpuid(1, &eax, &ebx, &ecx, &edx) || ((eax >> 8) & 0xf) != 6)
        return 0;
    model = ((eax >> 12) & 0xf0) | ((eax >> 4) & 0xf);
    return model == 0x55 /* Skylake, Cascade Lake, Cooper Lake */ || model == 0x66 /* Cannon Lake */;
}

static int has_v4(void)
{
    return !is_off("DOTNET_EnableAVX512") && !is_slowed_by_512()
        && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

int main(int argc, char **argv)
{
    __builtin_cpu_init();
    if (!has_v3())
        return gmm_main_base(argc, argv);
    return has_v4() ? gmm_main_v4(argc, argv) : gmm_main_v3(argc, argv);
}
