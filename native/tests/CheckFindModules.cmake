# The find modules on folders laid out as vendors do. The files are empty: finding looks at names and version headers only.
# Variables: SOURCE (the project that finds), MODULES, WORK, COMPILER.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")

# check(<case> <package> <root argument> <expected...>): what find_package gives with that root.
function(check case package root)
    set(build "${WORK}/build-${case}")
    execute_process(
        COMMAND "${CMAKE_COMMAND}" -S "${SOURCE}" -B "${build}" "-DPACKAGE=${package}" "-DMODULES=${MODULES}"
            "-DCMAKE_C_COMPILER=${COMPILER}" "${root}"
        OUTPUT_QUIET ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY)
    file(READ "${build}/found.txt" found)
    if(NOT "${found}" STREQUAL "${ARGN}")
        message(SEND_ERROR "${case}: found '${found}', expected '${ARGN}'")
    endif()
endfunction()

function(make_mkl root folder year minor update)
    file(MAKE_DIRECTORY "${root}/${folder}" "${root}/include")
    foreach(name IN ITEMS mkl_intel_lp64 mkl_intel_ilp64 mkl_sequential mkl_intel_thread mkl_core)
        file(TOUCH "${root}/${folder}/lib${name}.a" "${root}/${folder}/lib${name}.so")
    endforeach()
    file(TOUCH "${root}/include/mkl_service.h")
    file(WRITE "${root}/include/mkl_version.h"
        "#define __INTEL_MKL__ ${year}\n#define __INTEL_MKL_MINOR__ ${minor}\n#define __INTEL_MKL_UPDATE__ ${update}\n")
endfunction()

function(check_mkl case folder year minor update)
    set(root "${WORK}/${case}")
    make_mkl("${root}" "${folder}" ${year} ${minor} ${update})
    check(${case} MKL "-DMKLROOT=${root}" TRUE ${year}.${minor}.${update}
        "${root}/${folder}/libmkl_intel_lp64.a" "${root}/${folder}/libmkl_sequential.a" "${root}/${folder}/libmkl_core.a" "${root}/include")
endfunction()

check_mkl(oneapi-2024 lib 2024 2 1)
check_mkl(oneapi-2021 lib/intel64 2021 0 4)

# A root without the static libraries is not filled up from the system.
set(root "${WORK}/shared-only")
make_mkl("${root}" lib 2024 2 1)
file(REMOVE "${root}/lib/libmkl_core.a")
check(shared-only MKL "-DMKLROOT=${root}" FALSE 2024.2.1
    "${root}/lib/libmkl_intel_lp64.a" "${root}/lib/libmkl_sequential.a" MKL_CORE_LIBRARY-NOTFOUND "${root}/include")

# OpenBLAS as its makefile installs it, and as Debian does: the variant with threads, with its own headers.
set(root "${WORK}/openblas-own")
file(MAKE_DIRECTORY "${root}/lib")
file(TOUCH "${root}/lib/libopenblas.a" "${root}/lib/libopenblas.so")
file(WRITE "${root}/include/openblas_config.h" "#define OPENBLAS_VERSION \" OpenBLAS 0.3.26 \"\n")
check(openblas-own OpenBLAS "-DOPENBLAS_ROOT=${root}" TRUE 0.3.26 "${root}/lib/libopenblas.a" "${root}/include")

set(root "${WORK}/openblas-debian")
foreach(variant IN ITEMS pthread serial)
    file(MAKE_DIRECTORY "${root}/lib/openblas-${variant}")
    file(TOUCH "${root}/lib/openblas-${variant}/libopenblas.a")
    file(WRITE "${root}/include/openblas-${variant}/openblas_config.h" "#define OPENBLAS_VERSION \" OpenBLAS 0.3.21 \"\n")
endforeach()
check(openblas-debian OpenBLAS "-DOPENBLAS_ROOT=${root}" TRUE 0.3.21
    "${root}/lib/openblas-pthread/libopenblas.a" "${root}/include/openblas-pthread")

# Debian's variant without threads is not safe to call from several: not even by the link to the default variant.
file(REMOVE_RECURSE "${root}/lib/openblas-pthread")
file(CREATE_LINK "${root}/lib/openblas-serial/libopenblas.a" "${root}/lib/libopenblas.a" SYMBOLIC)
check(openblas-serial OpenBLAS "-DOPENBLAS_ROOT=${root}" FALSE "" OpenBLAS_LIBRARY-NOTFOUND "")
file(REMOVE_RECURSE "${WORK}")
