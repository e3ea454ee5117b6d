# shellcheck shell=bash
# To be sourced: functions that check which optional dependencies of the tests are installed, for install-dependencies.sh and test.sh.

has_library() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -F "$1" >/dev/null; }
has_openblas() { has_library libopenblas.so.0; }
has_mkl() { has_library libmkl_rt.so; }

# The build tools of native/, and the static libraries from which its libraries are built.
has_tools() { command -v cmake >/dev/null && command -v cc >/dev/null && command -v make >/dev/null; }
has_static() { [ -n "$(find /usr/lib /opt/intel "${MKLROOT:-/opt/intel}" -path "$1" -print -quit 2>/dev/null)" ]; }
has_static_openblas() { has_static '*/openblas-pthread/libopenblas.a'; }
has_static_mkl() { has_static '*/libmkl_core.a'; }

# For Windows x64: a compiler, and wine to run the results.
has_mingw() { command -v x86_64-w64-mingw32-gcc-win32 >/dev/null || command -v x86_64-w64-mingw32-gcc >/dev/null; }
has_wine() { command -v wine >/dev/null || command -v wine64 >/dev/null; }

# Debian's Python with scikit-learn and pytest, for the tests of samples/python.
has_scikit_learn() { [ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import pytest, sklearn' 2>/dev/null; }

is_linux_x64() { [ "$(uname -sm)" = "Linux x86_64" ]; }

# The tests of the man page render it.
has_man() { command -v man >/dev/null && command -v col >/dev/null; }
