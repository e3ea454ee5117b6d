/*
 * Loads libgmmnative_blas as a program would and calls it:  smoke LIBRARY information|double|single|threads VENDOR
 * Ends with 0, or with 1 and one line that says what is wrong.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gmmnative_blas.h"
#include "smoke.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
static HMODULE library;
#else
#include <dlfcn.h>
#include <pthread.h>
static void *library;
#endif

_Noreturn void smoke_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
    exit(1);
}

static void load(const char *path)
{
#ifdef _WIN32
    library = LoadLibraryA(path);
    if (library == NULL)
    {
        smoke_fail("%s: Windows error %lu", path, (unsigned long)GetLastError());
    }
#else
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
    {
        smoke_fail("%s", dlerror());
    }
#endif
}

void *smoke_find(const char *name)
{
#ifdef _WIN32
    void *address = (void *)GetProcAddress(library, name);
#else
    void *address = dlsym(library, name);
#endif
    if (address == NULL)
    {
        smoke_fail("%s is not exported", name);
    }

    return address;
}

typedef int32_t GMMNATIVE_CALL number_function(void);
typedef const char *GMMNATIVE_CALL text_function(void);

static int32_t number(const char *name)
{
    return ((number_function *)smoke_find(name))();
}

static const char *text(const char *name)
{
    const char *value = ((text_function *)smoke_find(name))();
    if (value == NULL)
    {
        smoke_fail("%s returned no text", name);
    }

    return value;
}

static void check_information(const char *vendor)
{
    int major = 0;
    int minor = 0;
    printf("%s %s, '%s', interface %d, integers of %d bits, threading %d\n", text("gmmnative_blas_vendor"), text("gmmnative_blas_version"),
        text("gmmnative_blas_configuration"), number("gmmnative_blas_interface"), number("gmmnative_blas_integer_bits"),
        number("gmmnative_blas_threading"));
    if (number("gmmnative_blas_interface") != GMMNATIVE_BLAS_INTERFACE)
    {
        smoke_fail("the interface is %d, the header's %d", number("gmmnative_blas_interface"), GMMNATIVE_BLAS_INTERFACE);
    }

    if (strcmp(text("gmmnative_blas_vendor"), vendor) != 0)
    {
        smoke_fail("the vendor is %s, not %s", text("gmmnative_blas_vendor"), vendor);
    }

    if (sscanf(text("gmmnative_blas_version"), "%d.%d", &major, &minor) != 2 || major + minor == 0)
    {
        smoke_fail("'%s' is no version number", text("gmmnative_blas_version"));
    }

    if (number("gmmnative_blas_integer_bits") != 32)
    {
        smoke_fail("integers have %d bits", number("gmmnative_blas_integer_bits"));
    }

    if (number("gmmnative_blas_threading") != GMMNATIVE_BLAS_SEQUENTIAL && number("gmmnative_blas_threading") != GMMNATIVE_BLAS_POOL)
    {
        smoke_fail("threading is %d", number("gmmnative_blas_threading"));
    }
}

enum { PRODUCTS = 100000 };

#ifdef _WIN32
typedef HANDLE thread_handle;

static DWORD WINAPI repeat(void *different)
{
    *(int *)different = smoke_repeat_products_double(PRODUCTS);
    return 0;
}

static int start(thread_handle *thread, int *different)
{
    *thread = CreateThread(NULL, 0, repeat, different, 0, NULL);
    return *thread != NULL;
}

static void join(thread_handle thread)
{
    (void)WaitForSingleObject(thread, INFINITE);
    (void)CloseHandle(thread);
}
#else
typedef pthread_t thread_handle;

static void *repeat(void *different)
{
    *(int *)different = smoke_repeat_products_double(PRODUCTS);
    return NULL;
}

static int start(thread_handle *thread, int *different)
{
    return pthread_create(thread, NULL, repeat, different) == 0;
}

static void join(thread_handle thread)
{
    (void)pthread_join(thread, NULL);
}
#endif

/* Many threads at once: a library without locks around its buffers mixes their numbers up. */
static void check_threads(void)
{
    enum { THREADS = 8 };
    thread_handle threads[THREADS];
    int different[THREADS];
    for (int i = 0; i < THREADS; i++)
    {
        if (!start(&threads[i], &different[i]))
        {
            smoke_fail("thread %d did not start", i);
        }
    }

    for (int i = 0; i < THREADS; i++)
    {
        join(threads[i]);
        if (different[i] != 0)
        {
            smoke_fail("on thread %d, %d of %d products differed from the first", i, different[i], PRODUCTS);
        }
    }
}

int main(int count, char **arguments)
{
    if (count != 4)
    {
        smoke_fail("usage: smoke LIBRARY information|double|single|threads VENDOR");
    }

    load(arguments[1]);
    const char *part = arguments[2];
    if (strcmp(part, "information") == 0)
    {
        check_information(arguments[3]);
        return 0;
    }

    if (number("gmmnative_blas_initialize") != 0 || number("gmmnative_blas_initialize") != 0)
    {
        smoke_fail("initialization failed");
    }

    if (strcmp(part, "double") == 0)
    {
        smoke_routines_double();
    }
    else if (strcmp(part, "single") == 0)
    {
        smoke_routines_single();
    }
    else if (strcmp(part, "threads") == 0)
    {
        check_threads();
    }
    else
    {
        smoke_fail("there is no part '%s'", part);
    }

    return 0;
}
