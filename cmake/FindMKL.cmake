#[[
Finds the static libraries of Intel's Math Kernel Library: LP64 interface (32-bit integers), sequential.

Looked for below MKL_ROOT and MKLROOT (CMake variables or environment variables), where Intel's packages put it
(/opt/intel/oneapi/mkl/latest, /opt/intel/mkl, the folder that ONEAPI_ROOT names), and in the system's folders, where Debian's
libmkl-dev puts it. Intel's libraries are in lib (since 2024) or lib/intel64 (before).

Sets MKL_FOUND, MKL_VERSION (from mkl_version.h) and makes the target

  MKL::sequential_lp64    everything to link against, headers included

Cache variables: MKL_INCLUDE_DIR, MKL_INTERFACE_LIBRARY, MKL_THREADING_LIBRARY, MKL_CORE_LIBRARY.
]]

set(_mkl_roots "")
foreach(_mkl_root IN ITEMS "${MKL_ROOT}" "${MKLROOT}" "$ENV{MKL_ROOT}" "$ENV{MKLROOT}")
    if(_mkl_root)
        file(TO_CMAKE_PATH "${_mkl_root}" _mkl_root)
        list(APPEND _mkl_roots "${_mkl_root}")
    endif()
endforeach()

# An explicit root is used exclusively, not mixed with the libraries of the system.
set(_mkl_options "")
if(_mkl_roots)
    set(_mkl_options NO_DEFAULT_PATH)
elseif(NOT CMAKE_CROSSCOMPILING)
    file(TO_CMAKE_PATH "$ENV{ONEAPI_ROOT}" _mkl_oneapi)
    if(_mkl_oneapi)
        list(APPEND _mkl_roots "${_mkl_oneapi}/mkl/latest")
    endif()
    list(APPEND _mkl_roots /opt/intel/oneapi/mkl/latest /opt/intel/mkl)
endif()

find_path(MKL_INCLUDE_DIR mkl_service.h
    HINTS ${_mkl_roots} PATH_SUFFIXES include mkl include/mkl ${_mkl_options}
    DOC "Folder of MKL's headers")

macro(_mkl_find_library variable name)
    # Full file names, so that a shared library of the same name is never used.
    find_library(${variable}
        NAMES "${CMAKE_STATIC_LIBRARY_PREFIX}${name}${CMAKE_STATIC_LIBRARY_SUFFIX}" "${name}.lib"
        HINTS ${_mkl_roots} PATH_SUFFIXES lib lib/intel64 ${_mkl_options}
        DOC "MKL's static library ${name}")
    mark_as_advanced(${variable})
endmacro()

_mkl_find_library(MKL_INTERFACE_LIBRARY mkl_intel_lp64)
_mkl_find_library(MKL_THREADING_LIBRARY mkl_sequential)
_mkl_find_library(MKL_CORE_LIBRARY mkl_core)
mark_as_advanced(MKL_INCLUDE_DIR)

# 2020.0.4 and 2024.2.0 alike: year, minor, update.
if(MKL_INCLUDE_DIR AND EXISTS "${MKL_INCLUDE_DIR}/mkl_version.h")
    file(STRINGS "${MKL_INCLUDE_DIR}/mkl_version.h" _mkl_lines REGEX "^#define __INTEL_MKL(_MINOR|_UPDATE)?__ +[0-9]+")
    set(MKL_VERSION "")
    foreach(_mkl_part IN ITEMS __ _MINOR__ _UPDATE__)
        if("${_mkl_lines}" MATCHES "__INTEL_MKL${_mkl_part} +([0-9]+)")
            list(APPEND MKL_VERSION "${CMAKE_MATCH_1}")
        endif()
    endforeach()
    list(JOIN MKL_VERSION "." MKL_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MKL
    REQUIRED_VARS MKL_INTERFACE_LIBRARY MKL_THREADING_LIBRARY MKL_CORE_LIBRARY MKL_INCLUDE_DIR
    VERSION_VAR MKL_VERSION
    REASON_FAILURE_MESSAGE "its static libraries are wanted: install libmkl-dev (Debian: non-free, Ubuntu: multiverse) or set MKLROOT")

if(MKL_FOUND AND NOT TARGET MKL::sequential_lp64)
    find_package(Threads REQUIRED)
    foreach(_mkl_part IN ITEMS INTERFACE THREADING CORE)
        add_library(MKL::_${_mkl_part} STATIC IMPORTED)
        set_target_properties(MKL::_${_mkl_part} PROPERTIES IMPORTED_LOCATION "${MKL_${_mkl_part}_LIBRARY}")
    endforeach()
    add_library(MKL::sequential_lp64 INTERFACE IMPORTED)
    target_include_directories(MKL::sequential_lp64 SYSTEM INTERFACE "${MKL_INCLUDE_DIR}")
    # The three libraries call each other.
    target_link_libraries(MKL::sequential_lp64 INTERFACE
        "$<LINK_GROUP:RESCAN,MKL::_INTERFACE,MKL::_THREADING,MKL::_CORE>" Threads::Threads ${CMAKE_DL_LIBS})
    if(UNIX)
        target_link_libraries(MKL::sequential_lp64 INTERFACE m)
    endif()
endif()
