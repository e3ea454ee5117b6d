# `cmake --install` puts the library where a package has it, and it works from there. Variables: BINARY, WORK, LIBRARY, SMOKE,
# EMULATOR (what runs SMOKE; nothing where it runs by itself).
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BINARY}" --prefix "${WORK}" OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${EMULATOR} "${SMOKE}" "${WORK}/${LIBRARY}" double any COMMAND_ERROR_IS_FATAL ANY)
if(NOT EXISTS "${WORK}/include/gmmnative_blas.h")
    message(SEND_ERROR "the header was not installed")
endif()
file(REMOVE_RECURSE "${WORK}")
