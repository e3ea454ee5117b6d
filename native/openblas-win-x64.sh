#!/usr/bin/env bash
# Cross-builds the static OpenBLAS for Windows x64 from which the preset win-x64 builds libgmmnative_blas.dll:
#
#   native/openblas-win-x64.sh            the sources of Debian's or Ubuntu's package openblas
#   native/openblas-win-x64.sh TARBALL    the sources of a release of OpenBLAS
#
# Creates artifacts/openblas-win-x64/{include,lib}. Does nothing if they exist and are newer than this file. Needs make, gcc and
# gcc-mingw-w64-x86-64, and apt with network access when no tarball is given; no root. About four minutes on two processors.
set -eu -o pipefail
script=$(readlink -f "${BASH_SOURCE[0]}")
artifacts=$(dirname "$script")/../artifacts
mkdir -p "$artifacts"
artifacts=$(cd "$artifacts" && pwd)
target=$artifacts/openblas-win-x64
work=$artifacts/openblas-win-x64.build

fail() { echo "openblas-win-x64.sh: $*" >&2; exit 1; }

# Debian's two variants, or any other distribution's one: as cmake/mingw-w64-x86_64.cmake does.
compiler=$(command -v x86_64-w64-mingw32-gcc-win32 || command -v x86_64-w64-mingw32-gcc) ||
    fail "there is no x86_64-w64-mingw32-gcc: install gcc-mingw-w64-x86-64"
for tool in make gcc; do command -v "$tool" >/dev/null || fail "there is no $tool: install it"; done

if [ "$target/lib/libopenblas.a" -nt "$script" ] && [ "$target/include/openblas_config.h" -nt "$script" ]; then
    echo "openblas-win-x64.sh: artifacts/openblas-win-x64 is up to date"
    exit 0
fi

# fetch: the original sources of the distribution's package, into $work. apt is given lists of its own, so that the system's need no deb-src.
fetch() {
    command -v apt-get >/dev/null || fail "there is no apt-get: give a tarball of OpenBLAS's sources"
    local apt=$work/apt file found=no
    mkdir -p "$apt/lists/partial" "$apt/parts" "$apt/archives/partial"
    for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/ubuntu.sources; do
        [ -f "$file" ] || continue
        sed -E 's/^Types:.*/Types: deb-src/' "$file" >"$apt/parts/$(basename "$file")"
        found=yes
    done
    if [ -f /etc/apt/sources.list ]; then
        sed -nE 's/^deb[[:space:]]/deb-src /p' /etc/apt/sources.list >"$apt/parts/system.list"
        if [ -s "$apt/parts/system.list" ]; then found=yes; fi
    fi
    [ "$found" = yes ] || fail "apt has no sources of Debian or Ubuntu: give a tarball of OpenBLAS's sources"
    local options=(-o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$apt/parts" -o Dir::State::Lists="$apt/lists"
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User= -qq)
    apt-get "${options[@]}" update || fail "apt-get update failed for the sources"
    (cd "$work" && apt-get "${options[@]}" --download-only source openblas >/dev/null) || fail "apt-get source openblas failed"
}

rm -rf "$work"
mkdir -p "$work/source"
if [ $# -gt 0 ]; then
    tarball=$1
else
    fetch
    tarball=$(find "$work" -maxdepth 1 -name 'openblas_*.orig.tar.*' ! -name '*.asc' -print -quit)
fi
tar -xf "$tarball" -C "$work/source" --strip-components 1 || fail "$tarball cannot be unpacked"

# OpenBLAS's makefiles misread Debian's "12-win32" as a version before 4.6, and then leave out the kernels for AVX2. The assembler option is
# needed because the compiler assumes a better stack alignment than Windows provides.
wrapper=$work/bin/x86_64-w64-mingw32-gcc
mkdir -p "$work/bin"
cat >"$wrapper" <<END
#!/bin/sh
case "\$*" in
    *-dumpversion) "$compiler" -dumpversion | sed 's/-.*//' ;;
    *) exec "$compiler" -Wa,-muse-unaligned-vector-move "\$@" ;;
esac
END
chmod +x "$wrapper"

# DYNAMIC_ARCH: the kernels are selected when the library is loaded. HASWELL is for processors with AVX2; PRESCOTT (SSE3), which is
# always included, for the rest. A call computes on the calling thread; without USE_LOCKING, simultaneous calls would share a buffer.
options=(
    CC="$wrapper" HOSTCC=gcc CROSS_SUFFIX=x86_64-w64-mingw32- OSNAME=WINNT
    DYNAMIC_ARCH=1 DYNAMIC_LIST=HASWELL TARGET=PRESCOTT BINARY=64
    USE_THREAD=0 USE_LOCKING=1 NUM_THREADS=64
    NOFORTRAN=1 NO_LAPACKE=1 NO_SHARED=1 BUILD_SINGLE=1 BUILD_DOUBLE=1 SMALL_MATRIX_OPT=0
)
log=$work/make.log
if ! make -C "$work/source" -j"$(nproc)" libs "${options[@]}" >"$log" 2>&1 ||
    ! make -C "$work/source" -f Makefile.install install PREFIX="$work/installed" "${options[@]}" >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "OpenBLAS was not built; all that make said is in $log"
fi

rm -rf "$target"
mkdir -p "$target"
cp -rL "$work/installed/include" "$work/installed/lib" "$target"
rm -rf "$work"
echo "openblas-win-x64.sh: artifacts/openblas-win-x64 is built"
