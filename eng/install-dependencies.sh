#!/usr/bin/env bash
# Installs the optional dependencies of the tests on Debian and Ubuntu: MKL, OpenBLAS, their static libraries, cmake, a C compiler, mingw-w64, wine,
# scikit-learn with pytest, and man.
#
#   sudo eng/install-dependencies.sh      installs what is missing; installs nothing twice
#   eng/install-dependencies.sh --check   only lists what is missing
#
# MKL is in Debian's component non-free and Ubuntu's multiverse. If apt has no candidate for it, that component is added to the distribution's own
# entries in /etc/apt/sources.list and /etc/apt/sources.list.d; nothing else is changed there. The exit code is 0 if nothing is missing at the end.
# ./test.sh runs this script, unless --no-install or --fast is given. .NET itself is not installed: see CONTRIBUTING.md.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. eng/have.sh

say() { echo "install-dependencies.sh: $*"; }

check=no
for argument in "$@"; do
    case $argument in
        --check) check=yes ;;
        *) say "$argument is no option: --check" >&2; exit 2 ;;
    esac
done

is_amd64() { [ "$(dpkg --print-architecture 2>/dev/null || uname -m)" = amd64 ]; }

# One line per missing component.
missing() {
    has_openblas || echo "OpenBLAS (libopenblas0-pthread)"
    has_tools || echo "cmake, make and a C compiler (cmake make gcc libc6-dev)"
    has_static_openblas || echo "OpenBLAS as a static library (libopenblas-pthread-dev)"
    has_scikit_learn || echo "scikit-learn and pytest (python3-sklearn python3-pytest)"
    has_man || echo "man and col (man-db bsdextrautils)"
    is_amd64 || return 0
    has_mkl || echo "MKL (libmkl-rt)"
    has_static_mkl || echo "MKL as static libraries (libmkl-dev)"
    has_mingw || echo "a C compiler for Windows (gcc-mingw-w64-x86-64-win32)"
    has_wine || echo "wine (wine wine64)"
}

# apt_get ARGUMENT...: quiet when it works, its last lines when it does not.
apt_get() {
    apt-get "$@" >"$log" 2>&1 || { say "apt-get $1 failed:"; tail -n 3 "$log"; }
}

install() {
    say "installing $*"
    apt_get install -y --no-install-recommends "$@"
}

has_candidate() { apt-cache policy "$1" 2>/dev/null | grep -E 'Candidate: [0-9]' >/dev/null; }

# Adds the component that contains MKL to the distribution's own sources: $1 is its name, non-free or multiverse.
enable_component() {
    local component=$1 file
    say "adding the component $component to the sources of apt, for MKL"
    for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/ubuntu.sources; do
        [ -f "$file" ] || continue
        # Stanza by stanza (RS = empty line); the security archive does not contain MKL.
        awk -v component="$component" 'BEGIN { RS = ""; ORS = "\n\n" }
            ("\n" $0) !~ /\nSuites:[^\n]*-security/ && !(("\n" $0) ~ "\nComponents:[^\n]*[ \t]" component "([ \t\n]|$)") {
                $0 = with_component($0, component)
            }
            { print }
            function with_component(stanza, name,    lines, n, i, out) {
                n = split(stanza, lines, "\n")
                for (i = 1; i <= n; i++) {
                    if (lines[i] ~ /^Components:/) lines[i] = lines[i] " " name
                    out = out (i > 1 ? "\n" : "") lines[i]
                }
                return out
            }' "$file" > "$file.gmmnative" && cat "$file.gmmnative" > "$file"
        rm -f "$file.gmmnative"
    done
    file=/etc/apt/sources.list
    if [ -f "$file" ]; then
        sed -i -E "/^deb[[:space:]]/{/-security/!{/[[:space:]]main([[:space:]]|\$)/{/[[:space:]]$component([[:space:]]|\$)/!s/[[:space:]]*\$/ $component/}}}" "$file"
    fi
    apt_get update
}

install_all() {
    local component=non-free
    case $(. /etc/os-release && echo "${ID:-} ${ID_LIKE:-}") in *ubuntu*) component=multiverse ;; esac
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    apt_get update
    has_openblas || install libopenblas0-pthread
    has_tools || install cmake make gcc libc6-dev
    has_static_openblas || install libopenblas-pthread-dev
    has_scikit_learn || install python3-sklearn python3-pytest
    has_man || install man-db bsdextrautils
    if is_amd64; then
        if ! { has_mkl && has_static_mkl; } && ! has_candidate libmkl-dev; then enable_component "$component"; fi
        has_mkl || install libmkl-rt
        has_static_mkl || install libmkl-dev
        has_mingw || install gcc-mingw-w64-x86-64-win32
        has_wine || install wine wine64
    fi
    rm -f "$log"
}

if [ -n "$(missing)" ] && [ "$check" = no ]; then
    if ! command -v apt-get >/dev/null; then
        say "there is no apt-get here: nothing is installed"
    elif [ "$(id -u)" != 0 ]; then
        say "not root: nothing is installed; sudo eng/install-dependencies.sh does it"
    else
        install_all
    fi
fi

left=$(missing)
if [ -z "$left" ]; then exit 0; fi
while IFS= read -r line; do say "missing: $line"; done <<<"$left"
exit 1
