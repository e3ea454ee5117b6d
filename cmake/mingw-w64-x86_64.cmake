# Windows x64 from Linux, with the compiler of Debian's gcc-mingw-w64-x86-64. Programs that the build runs, tests, run under wine where it is installed.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

# The variant with Windows' own threads, which needs no thread library.
find_program(CMAKE_C_COMPILER NAMES x86_64-w64-mingw32-gcc-win32 x86_64-w64-mingw32-gcc REQUIRED)
find_program(CMAKE_RC_COMPILER NAMES x86_64-w64-mingw32-windres)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)

find_program(GMMNATIVE_WINE NAMES wine wine64 DOC "Runs programs for Windows")
if(GMMNATIVE_WINE)
    set(CMAKE_CROSSCOMPILING_EMULATOR "${GMMNATIVE_WINE}")
endif()
