#!/usr/bin/env bash
# Builds everything and runs all tests. The last line is "N passed, N failed"; the exit code is 0 only when all passed.
#
#   ./test.sh                   as root on Debian or Ubuntu: installs MKL, OpenBLAS and what builds native/ first where they are missing
#   ./test.sh --no-install      uses what is there
#   ./test.sh --require-native  fails when MKL, OpenBLAS, a library built from native/ or wine is not there, so that nothing is left out unnoticed
#   ./test.sh --benchmarks      also runs each benchmark once, and the comparison with other systems on tiny data (installing those): that
#                               they work, not how fast; each counts as a test
#   ./test.sh --fuzz            also gives mutated files to each reader for 17 seconds (tests/GmmNative.Fuzz); each counts as a test
#
# Needs the .NET SDK of global.json. Without root or network it tests what can be tested and says what it left out.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

install=yes
require_native=no
benchmarks=no
fuzz=no
for argument in "$@"; do
    case $argument in
        --no-install) install=no ;;
        --require-native) require_native=yes ;;
        --benchmarks) benchmarks=yes ;;
        --fuzz) fuzz=yes ;;
        *) echo "test.sh: $argument is no option: --no-install, --require-native, --benchmarks, --fuzz" >&2; exit 2 ;;
    esac
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

has_library() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -F "$1" >/dev/null; }
has_openblas() { has_library libopenblas.so.0; }
has_mkl() { has_library libmkl_rt.so; }
has_candidate() { apt-cache policy "$1" 2>/dev/null | grep -E 'Candidate: [0-9]' >/dev/null; }

# The component that holds MKL, put into the distribution's own sources: $1 is its name, non-free or multiverse.
enable_component() {
    local component=$1 file
    for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/ubuntu.sources; do
        [ -f "$file" ] || continue
        # Stanza by stanza (RS = empty line); those of the security archive hold no MKL.
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
}

# For the libraries that native/ builds: tools, and the static libraries that they are made of.
has_tools() { command -v cmake >/dev/null && command -v cc >/dev/null && command -v make >/dev/null; }
has_static() { [ -n "$(find /usr/lib /opt/intel "${MKLROOT:-/opt/intel}" -path "$1" -print -quit 2>/dev/null)" ]; }
has_static_openblas() { has_static '*/openblas-pthread/libopenblas.a'; }
has_static_mkl() { has_static '*/libmkl_core.a'; }

# For Windows x64: a compiler, and wine to run what is built.
has_mingw() { command -v x86_64-w64-mingw32-gcc-win32 >/dev/null || command -v x86_64-w64-mingw32-gcc >/dev/null; }
has_wine() { command -v wine >/dev/null || command -v wine64 >/dev/null; }

# apt_install PACKAGE...: says so, and says when it fails.
apt_install() {
    echo "test.sh: installing $*"
    apt-get install -y --no-install-recommends "$@" >"$install_log" 2>&1 || { echo "test.sh: that failed:"; tail -n 3 "$install_log"; }
}

install_libraries() {
    has_openblas && has_mkl && has_tools && has_static_openblas && has_static_mkl && has_mingw && has_wine && return
    if [ "$install" = no ]; then return; fi
    if ! command -v apt-get >/dev/null; then echo "test.sh: no apt-get here: native libraries are not installed"; return; fi
    if [ "$(id -u)" != 0 ]; then echo "test.sh: not root: native libraries are not installed"; return; fi

    local distribution component=non-free
    distribution=$(. /etc/os-release && echo "${ID:-} ${ID_LIKE:-}")
    case $distribution in *ubuntu*) component=multiverse ;; esac
    install_log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    apt-get update >"$install_log" 2>&1 || { echo "test.sh: apt-get update failed:"; tail -n 3 "$install_log"; }
    if ! has_openblas; then apt_install libopenblas0-pthread; fi
    if ! has_tools; then apt_install cmake make gcc libc6-dev; fi
    if ! has_static_openblas; then apt_install libopenblas-pthread-dev; fi
    if [ "$(dpkg --print-architecture)" = amd64 ] && ! { has_mkl && has_static_mkl; }; then
        if ! has_candidate libmkl-dev; then
            echo "test.sh: adding the component $component to the sources of apt"
            enable_component "$component"
            apt-get update >"$install_log" 2>&1 || { echo "test.sh: apt-get update failed:"; tail -n 3 "$install_log"; }
        fi
        if ! has_mkl; then apt_install libmkl-rt; fi
        if ! has_static_mkl; then apt_install libmkl-dev; fi
    fi
    if [ "$(dpkg --print-architecture)" = amd64 ]; then
        if ! has_mingw; then apt_install gcc-mingw-w64-x86-64-win32; fi
        if ! has_wine; then apt_install wine wine64; fi
    fi
    rm -f "$install_log"
}

# native_preset PRESET: configures, builds and runs the tests in C. Returns 1, with the reason in $native_reason, when it cannot be configured.
native_preset() {
    local preset=$1 log output good bad
    log=$(mktemp)
    if ! cmake --fresh --preset "$preset" >"$log" 2>&1; then
        native_reason=$(grep -oE 'Reason given by package: .*|Neither MKL.*|CMake Error.*' "$log" | tail -n 1)
        rm -f "$log"
        return 1
    fi
    if cmake --build --preset "$preset" >"$log" 2>&1; then
        output=$(ctest --preset "$preset" 2>&1)
    else
        output=$(tail -n 20 "$log")
    fi
    rm -f "$log"
    bad=$(sed -nE 's/.*, ([0-9]+) tests failed out of [0-9]+/\1/p' <<<"$output")
    good=$(sed -nE 's/.*, [0-9]+ tests failed out of ([0-9]+)/\1/p' <<<"$output")
    if [ -z "$good" ]; then good=1 bad=1; fi # it did not build
    if [ "$bad" -gt 0 ]; then echo "$output"; fi
    echo "native/ ($preset): $((good - bad)) passed, $bad failed"
    passed=$((passed + good - bad)) failed=$((failed + bad))
}

# Builds the self-contained libraries; the tests in .NET get to know where they are.
build_native() {
    local vendor libraries=() native_reason=""
    if [ "$(uname -sm)" != "Linux x86_64" ] || ! has_tools; then
        left_out "the self-contained libraries (cmake, make or a C compiler is missing)" GmmNativeBlas
        return
    fi
    for vendor in mkl openblas; do
        if native_preset "linux-x64-$vendor"; then
            libraries+=("$vendor=$PWD/artifacts/$vendor/runtimes/linux-x64/native/libgmmnative_blas.so")
        else
            left_out "the self-contained library made of $vendor ($native_reason)"
        fi
    done
    if [ ${#libraries[@]} -eq 0 ]; then excluded+=(-trait- Requires=GmmNativeBlas); return; fi
    native_preset linux-x64 || { echo "test.sh: cmake --preset linux-x64 failed: $native_reason"; failed=$((failed + 1)); }
    GMMNATIVE_TEST_LIBRARIES=$(IFS=:; echo "${libraries[*]}")
    export GMMNATIVE_TEST_LIBRARIES
}

# What is for Windows x64: wine's settings, the library, and which of the tests run there.
windows_folder=$PWD/artifacts/win-x64
windows_library=$PWD/artifacts/runtimes/win-x64/native/libgmmnative_blas.dll
has_windows_library=no
# What wine 8 does not do as .NET expects: code pages mapped twice (W^X), methods made at run time (in test_windows), and the suspension of a thread that
# is about to end: .NET's own threads are kept from ending.
wine_environment=(env WINEPREFIX="$PWD/artifacts/wine" WINEARCH=win64 WINEDEBUG=-all LC_ALL=C.UTF-8
    DOTNET_EnableWriteXorExecute=0 DOTNET_TieredCompilation=0 DOTNET_gcConcurrent=0 DOTNET_GCgen0size=40000000 DOTNET_ThreadPool_ThreadsToKeepAlive=100)

# The classes of tests that wine runs; of the projects that are not named, all.
interop=GmmNative.Interop.Tests
declare -A windows_classes=(
    [GmmNative.Tests]="GmmNative.Tests.Reference.EmReferenceTests GmmNative.Tests.Reference.AccuracyTests GmmNative.Tests.Reference.SelfContainedLibraryTests"
    [$interop]="$interop.PeFileTests $interop.PackageLayoutTests $interop.SelfContainedLibraryTests $interop.DoubleAgreementTests
        $interop.SingleAgreementTests $interop.DoubleProductTests $interop.SingleProductTests $interop.DoubleFactorizationTests
        $interop.SingleFactorizationTests $interop.DoublePosteriorTests $interop.SinglePosteriorTests")

# in_wine COMMAND...: a program for Windows, with the settings above.
in_wine() { "${wine_environment[@]}" "$(command -v wine || command -v wine64)" "$@"; }

build_windows() {
    local native_reason="" log
    if [ "$(uname -sm)" != "Linux x86_64" ] || ! has_wine; then left_out "Windows x64 (wine is missing)"; return; fi
    # The Windows that .NET 10 asks for. Without the override wine would offer to install its own .NET Framework.
    if ! WINEDLLOVERRIDES="mscoree,mshtml=" in_wine winecfg -v win10 >/dev/null 2>&1; then left_out "Windows x64 (wine does not start)"; return; fi
    trap '"${wine_environment[@]}" wineserver -k' EXIT
    can_run_windows=yes
    if ! has_mingw || ! has_tools; then left_out "the self-contained library for Windows (mingw-w64, cmake or make is missing)"; return; fi
    log=$(mktemp)
    if ! native/openblas-win-x64.sh >"$log" 2>&1; then
        left_out "the self-contained library for Windows ($(tail -n 1 "$log"))"
    elif native_preset win-x64; then
        has_windows_library=yes
    else
        left_out "the self-contained library for Windows ($native_reason)"
    fi
    rm -f "$log"
}

# Publishes the program and the tests as they are installed on Windows, and runs the tests in wine: managed, and through the library if it is built.
# Requires=Console is left out: wine passes Ctrl-Break on to no process without a window.
test_windows() {
    local project name classes program log settings=() options=() left=(-trait- Requires=Linux -trait- Requires=Console) projects=()
    for project in tests/*.Tests; do
        # The tests of the packages need the SDK, which wine does not run.
        [ "$(basename "$project")" = GmmNative.Package.Tests ] || projects+=("$project")
    done
    log=$(mktemp)
    for project in src/GmmNative.Cli "${projects[@]}"; do
        options=()
        case $project in tests/*) options+=(-p:DynamicCodeSupport=false) ;; esac
        if ! dotnet publish "$project" -c Release -r win-x64 --self-contained --artifacts-path "$windows_folder" "${options[@]}" \
            -nologo -v quiet >"$log" 2>&1; then
            grep -E '(error|warning) ' "$log" | sort -u | head -n 20 || true
            echo "test.sh: publishing $project for win-x64 failed"
            failed=$((failed + 1))
            return
        fi
    done
    rm -f "$log"
    settings=("GMMNATIVE_TEST_PROGRAM=Z:$windows_folder/publish/GmmNative.Cli/release_win-x64/gmm.exe" GMMNATIVE_TEST_REQUIRE=)
    if [ "$has_windows_library" = yes ]; then
        settings+=("GMMNATIVE_TEST_LIBRARIES=openblas=Z:$windows_library" "GMMNATIVE_BLAS_PATH=Z:$windows_library" GMMNATIVE_TEST_REQUIRE=openblas)
    else
        left+=(-trait- Requires=GmmNativeBlas)
    fi
    for project in "${projects[@]}"; do
        name=$(basename "$project")
        program=$windows_folder/publish/$name/release_win-x64/$name.exe
        # Of the library and the seam what is different on Windows or computes through the native library; of the program everything.
        classes=${windows_classes[$name]:-$(dotnet "$project/bin/Release/net10.0/$name.dll" -noLogo -noColor -list classes "${left[@]}" | grep -oE "$name\.[A-Za-z.]+")}
        run_tests "$name (wine)" run_classes_in_wine $classes
    done
}

# run_classes_in_wine CLASS...: each class of tests in a process of its own, one test at a time: as a host of long test programs wine 8 stands still now
# and then. A class that does so is run once more. Uses the variables of test_windows.
run_classes_in_wine() {
    local class attempt code result=0
    for class; do
        for attempt in 1 2; do
            timeout 400 "${wine_environment[@]}" "${settings[@]}" "$(command -v wine || command -v wine64)" "$program" \
                -noLogo -noColor -failSkips -parallelMode none -class "$class" "${left[@]}"
            code=$?
            if [ "$code" -ne 124 ]; then break; fi
            echo "test.sh: $class stood still in wine"
            "${wine_environment[@]}" wineserver -k
        done
        if [ "$code" -ne 0 ]; then result=$code; fi
    done
    return "$result"
}

# left_out WHAT [TRAIT]: remembers what is not tested, and keeps the tests that need it from running.
left_out() {
    missing+=("$1")
    if [ $# -gt 1 ]; then excluded+=(-trait- "Requires=$2"); fi
}

command -v dotnet >/dev/null || { echo "test.sh: there is no dotnet: install the .NET SDK of global.json"; echo "0 passed, 0 failed"; exit 1; }
install_libraries

passed=0 failed=0
required=() missing=() excluded=(-trait- Requires=Windows) can_run_windows=no
if has_mkl; then required+=(mkl); else left_out "MKL" MKL; fi
if has_openblas; then required+=(openblas); else left_out "OpenBLAS" OpenBLAS; fi
build_native
# The ahead-of-time file is linked three times over, by a C compiler and GNU's binutils.
if [ "$(uname -sm)" != "Linux x86_64" ] || ! command -v gcc >/dev/null || ! command -v ld.bfd >/dev/null || ! command -v objcopy >/dev/null; then
    left_out "the ahead-of-time file (gcc or binutils is missing)" NativeAot
fi
build_windows
if [ ${#missing[@]} -gt 0 ]; then
    printf 'test.sh: left out, not installed: the tests on %s\n' "${missing[@]}"
    if [ "$require_native" = yes ]; then
        echo "test.sh: --require-native asks for all"
        echo "0 passed, 0 failed"
        exit 1
    fi
fi
# A library that is installed must be found and must work: the tests then fail instead of leaving it out.
GMMNATIVE_TEST_REQUIRE=$(IFS=,; echo "${required[*]:-}")
export GMMNATIVE_TEST_REQUIRE
echo "test.sh: backends: managed${GMMNATIVE_TEST_REQUIRE:+,$GMMNATIVE_TEST_REQUIRE}"

build_log=$(mktemp)
if ! dotnet build GmmNative.sln -c Release -nologo -v quiet >"$build_log" 2>&1; then
    grep -E '(error|warning) ' "$build_log" | sort -u | head -n 40 || true
    echo "test.sh: the build failed"
    rm -f "$build_log"
    echo "0 passed, 0 failed"
    exit 1
fi
rm -f "$build_log"

# run_tests NAME COMMAND...: runs a test program and counts its tests.
run_tests() {
    local name=$1 started=$SECONDS output code total errors bad skipped good
    shift
    # A skipped test is a failed one: nothing is left out without saying so.
    output=$("$@" 2>&1)
    code=$?
    output=${output//$'\r'/}
    # A command may run several programs, each with a summary of its own.
    read -r total errors bad skipped < <(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' <<<"$output" | tr -dc '0-9 \n' |
        awk '{ for (i = 1; i <= 4; i++) sum[i] += $i } END { print sum[1] + 0, sum[2] + 0, sum[3] + 0, sum[4] + 0 }')
    bad=$((errors + bad))
    if [ "$skipped" -gt 0 ] && [ "$bad" -lt "$skipped" ]; then bad=$((bad + skipped)); fi
    # A process that ended without a summary, or unhappily with one, failed too.
    if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$total" -eq 0 ]; }; then bad=1; fi
    good=$((total > bad ? total - bad : 0))
    if [ "$bad" -gt 0 ]; then
        grep -vE '^ +(Discovering|Discovered|Starting|Finished): ' <<<"$output" | head -n 400
    fi
    echo "$name: $good passed, $bad failed, $((SECONDS - started)) s"
    passed=$((passed + good)) failed=$((failed + bad))
}

for project in tests/*.Tests; do
    name=$(basename "$project")
    run_tests "$name" dotnet "$project/bin/Release/net10.0/$name.dll" -noLogo -noColor -failSkips "${excluded[@]}"
done
if [ "$can_run_windows" = yes ]; then test_windows; fi

# A program's check mode as one test: $1 is its name, the rest the command.
check() {
    local name=$1 output started=$SECONDS
    shift
    if output=$("$@" 2>&1); then
        echo "$name: checked, $((SECONDS - started)) s"
        passed=$((passed + 1))
    else
        tail -n 40 <<<"$output"
        echo "$name: the check failed"
        failed=$((failed + 1))
    fi
}

if [ "$benchmarks" = yes ]; then
    peer_options=(--check)
    if [ "$install" = no ]; then peer_options+=(--no-install); fi
    check bench/GmmNative.Benchmarks dotnet bench/GmmNative.Benchmarks/bin/Release/net10.0/GmmNative.Benchmarks.dll --check
    check bench/peers/em.py bench/peers/em.py "${peer_options[@]}"
    check bench/peers/from_nothing.py bench/peers/from_nothing.py "${peer_options[@]}"
    check "publish gmm ahead of time" dotnet publish src/GmmNative.Cli -c Release -r linux-x64 -p:PublishAot=true
    check bench/start.py bench/start.py --check
    check bench/deployments.py bench/deployments.py --check
fi

if [ "$fuzz" = yes ]; then
    for reader in npy csv gz raw npz json gmm; do
        check "mutated files, $reader" dotnet tests/GmmNative.Fuzz/bin/Release/net10.0/GmmNative.Fuzz.dll mutate --reader "$reader" --seconds-per-reader 17
    done
fi

if [ ${#missing[@]} -gt 0 ]; then printf 'test.sh: left out, not installed: the tests on %s\n' "${missing[@]}"; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
