#[[
Finds a static OpenBLAS with 32-bit integers.

Looked for below OPENBLAS_ROOT and OpenBLAS_ROOT (CMake variables or environment variables), in /opt/OpenBLAS, where its own
makefile installs it, and in the system's folders, where Debian puts one variant a folder. Debian's variant without threads
(libopenblas-serial-dev) is never taken: called from two threads at once, as GmmNative does, it computes wrong numbers.

Sets OpenBLAS_FOUND, OpenBLAS_VERSION (from openblas_config.h) and makes the target

  OpenBLAS::static        everything to link against, headers included

Cache variables: OpenBLAS_INCLUDE_DIR, OpenBLAS_LIBRARY.
]]

set(_openblas_roots "")
foreach(_openblas_root IN ITEMS "${OPENBLAS_ROOT}" "${OpenBLAS_ROOT}" "$ENV{OPENBLAS_ROOT}" "$ENV{OpenBLAS_ROOT}")
    if(_openblas_root)
        file(TO_CMAKE_PATH "${_openblas_root}" _openblas_root)
        list(APPEND _openblas_roots "${_openblas_root}")
    endif()
endforeach()

# An explicit root is used exclusively, not mixed with the libraries of the system.
set(_openblas_options "")
if(_openblas_roots)
    set(_openblas_options NO_DEFAULT_PATH)
elseif(NOT CMAKE_CROSSCOMPILING)
    set(_openblas_roots /opt/OpenBLAS)
endif()

# The folder without a suffix comes last: Debian's alternatives put a link to the default variant there.
set(_openblas_variants openblas-pthread openblas)
function(_openblas_may_be_called_by_threads variable candidate)
    file(REAL_PATH "${candidate}" _openblas_file)
    if(_openblas_file MATCHES "/openblas-serial/")
        set(${variable} FALSE PARENT_SCOPE)
    endif()
endfunction()
list(TRANSFORM _openblas_variants PREPEND lib/ OUTPUT_VARIABLE _openblas_library_suffixes)
find_library(OpenBLAS_LIBRARY
    NAMES "${CMAKE_STATIC_LIBRARY_PREFIX}openblas${CMAKE_STATIC_LIBRARY_SUFFIX}"
    HINTS ${_openblas_roots} PATH_SUFFIXES ${_openblas_variants} ${_openblas_library_suffixes} lib ${_openblas_options}
    VALIDATOR _openblas_may_be_called_by_threads
    DOC "The static library of OpenBLAS")

# The headers of the same variant are in a folder of the same name.
if(OpenBLAS_LIBRARY)
    cmake_path(GET OpenBLAS_LIBRARY PARENT_PATH _openblas_folder)
    cmake_path(GET _openblas_folder FILENAME _openblas_variant)
    find_path(OpenBLAS_INCLUDE_DIR openblas_config.h
        HINTS ${_openblas_roots} PATH_SUFFIXES "${_openblas_variant}" "include/${_openblas_variant}" include include/openblas ${_openblas_options}
        DOC "Folder of OpenBLAS's headers")
endif()
mark_as_advanced(OpenBLAS_LIBRARY OpenBLAS_INCLUDE_DIR)

if(OpenBLAS_INCLUDE_DIR)
    file(STRINGS "${OpenBLAS_INCLUDE_DIR}/openblas_config.h" _openblas_line REGEX "^#define OPENBLAS_VERSION ")
    if("${_openblas_line}" MATCHES "([0-9]+\\.[0-9]+(\\.[0-9]+)?)")
        set(OpenBLAS_VERSION "${CMAKE_MATCH_1}")
    endif()
endif()

if(CMAKE_SYSTEM_NAME STREQUAL "Windows")
    set(_openblas_advice "run native/openblas-win-x64.sh or set OPENBLAS_ROOT")
else()
    set(_openblas_advice "install libopenblas-pthread-dev or set OPENBLAS_ROOT")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenBLAS
    REQUIRED_VARS OpenBLAS_LIBRARY OpenBLAS_INCLUDE_DIR
    VERSION_VAR OpenBLAS_VERSION
    REASON_FAILURE_MESSAGE "its static library is wanted: ${_openblas_advice}")

if(OpenBLAS_FOUND AND NOT TARGET OpenBLAS::static)
    add_library(OpenBLAS::static STATIC IMPORTED)
    set_target_properties(OpenBLAS::static PROPERTIES IMPORTED_LOCATION "${OpenBLAS_LIBRARY}")
    target_include_directories(OpenBLAS::static SYSTEM INTERFACE "${OpenBLAS_INCLUDE_DIR}")
    if(UNIX)
        find_package(Threads REQUIRED)
        target_link_libraries(OpenBLAS::static INTERFACE Threads::Threads m)
    endif()
endif()
