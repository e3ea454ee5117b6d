#!/usr/bin/env bash
# Builds everything and runs all tests. The last line is "N passed, N failed"; the exit code is 0 only when all passed.
#
#   ./test.sh                   as root on Debian or Ubuntu: first installs what is missing (eng/install-dependencies.sh)
#   ./test.sh --fast            the inner loop: the managed backend and the installed native backends, without slow tests (the trait Lane=Slow),
#                               wine, native builds and packages; installs nothing
#   ./test.sh --no-install      everything that this machine can test, without installing anything
#   ./test.sh --require-native  fails if MKL, OpenBLAS, a library built from native/ or wine is missing, so that nothing is left out unnoticed
#   ./test.sh --benchmarks      also runs each benchmark once, and the comparison with other systems on tiny data (installing them), to check that
#                               they work; each counts as a test
#   ./test.sh --fuzz            also gives mutated files to each reader for 17 seconds (tests/GmmNative.Fuzz); each counts as a test
#
# Needs the .NET SDK of global.json. Without root or network it tests what it can and lists what it left out. See CONTRIBUTING.md.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

fast=no install=yes require_native=no benchmarks=no fuzz=no
for argument in "$@"; do
    case $argument in
        --fast) fast=yes install=no ;;
        --no-install) install=no ;;
        --require-native) require_native=yes ;;
        --benchmarks) benchmarks=yes ;;
        --fuzz) fuzz=yes ;;
        *) echo "test.sh: $argument is no option: --fast, --no-install, --require-native, --benchmarks, --fuzz" >&2; exit 2 ;;
    esac
done
if [ "$fast$require_native" = yesyes ]; then echo "test.sh: --fast leaves out what --require-native asks for" >&2; exit 2; fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

. eng/have.sh       # what is installed
. eng/results.sh    # run_tests, check, left_out and the counters
. eng/native.sh     # build_native
. eng/windows.sh    # build_windows, test_windows

command -v dotnet >/dev/null || stop "there is no dotnet: install the .NET SDK of global.json"
if [ "$install" = yes ]; then eng/install-dependencies.sh; fi

# Installed components are tested. Missing ones are recorded, and their tests are left out.
excluded=(-trait- Requires=Windows)
required=() can_run_windows=no has_site_tool=no
if has_mkl; then required+=(mkl); else left_out "MKL" MKL; fi
if has_openblas; then required+=(openblas); else left_out "OpenBLAS" OpenBLAS; fi
if ! has_scikit_learn; then left_out "scikit-learn (python3-sklearn or python3-pytest is missing)" ScikitLearn; fi
if [ "$fast" = yes ]; then
    excluded+=(-trait- Lane=Slow)
else
    if ! has_man; then left_out "the man page (man or col is missing)" Man; fi
    build_native
    # The ahead-of-time file is linked in three steps, by a C compiler and GNU binutils.
    if ! is_linux_x64 || ! command -v gcc >/dev/null || ! command -v ld.bfd >/dev/null || ! command -v objcopy >/dev/null; then
        left_out "the ahead-of-time file (gcc or binutils is missing)" NativeAot
    fi
    build_windows
    # The site is built by a .NET tool, a package like those of the projects.
    if dotnet tool restore >/dev/null 2>&1; then has_site_tool=yes; else left_out "the documentation site (dotnet tool restore failed)"; fi
fi
print_left_out
if [ ${#missing[@]} -gt 0 ] && [ "$require_native" = yes ]; then stop "--require-native asks for all"; fi
# An installed library must be found and must work: otherwise the tests fail instead of leaving it out.
GMMNATIVE_TEST_REQUIRE=$(IFS=,; echo "${required[*]:-}")
export GMMNATIVE_TEST_REQUIRE
echo "test.sh: backends: managed${GMMNATIVE_TEST_REQUIRE:+,$GMMNATIVE_TEST_REQUIRE}"

# build PROJECT...: prints all errors and nothing else.
build() {
    local log
    log=$(mktemp)
    if ! dotnet build "$@" -c Release -nologo -v quiet >"$log" 2>&1; then
        grep -E '(error|warning) ' "$log" | sort -u | head -n 40 || true
        rm -f "$log"
        stop "the build failed"
    fi
    rm -f "$log"
}
if [ "$fast" = yes ]; then build eng/Fast.slnf; else build GmmNative.sln; fi

check "lines of at most 140 columns" eng/check-columns.sh
if [ "$has_site_tool" = yes ]; then check site eng/build-site.sh; fi
if [ "$fast" = no ]; then check "dotnet format" dotnet format GmmNative.sln --verify-no-changes --no-restore; fi
# The tests of a project, in its program.
test_program() { echo "tests/$1/bin/Release/net10.0/$1.dll"; }
options=(-noLogo -noColor -failSkips "${excluded[@]}")
if [ "$fast" = yes ]; then
    # The largest program runs beside the others, because the tests of gmm mostly wait for processes. eng/Fast.slnf lists these projects; all
    # tests of the packages are slow.
    start_tests dotnet "$(test_program GmmNative.Tests)" "${options[@]}"
    for name in GmmNative.Api.Tests GmmNative.Formats.Tests GmmNative.Plots.Tests GmmNative.Cli.Tests GmmNative.Interop.Tests; do
        run_tests "$name" dotnet "$(test_program "$name")" "${options[@]}"
    done
    finish_tests GmmNative.Tests
else
    for project in tests/*.Tests; do
        name=$(basename "$project")
        run_tests "$name" dotnet "$(test_program "$name")" "${options[@]}"
    done
fi
if [ "$can_run_windows" = yes ]; then test_windows; fi

if [ "$benchmarks" = yes ]; then
    peer_options=(--check)
    if [ "$install" = no ]; then peer_options+=(--no-install); fi
    check bench/GmmNative.Benchmarks dotnet bench/GmmNative.Benchmarks/bin/Release/net10.0/GmmNative.Benchmarks.dll --check
    check "bench/GmmNative.Benchmarks --scorer" \
        dotnet bench/GmmNative.Benchmarks/bin/Release/net10.0/GmmNative.Benchmarks.dll --scorer --check
    check bench/MLNet dotnet bench/MLNet/bin/Release/net10.0/MLNet.dll --check
    check bench/peers/em.py bench/peers/em.py "${peer_options[@]}"
    check bench/peers/from_nothing.py bench/peers/from_nothing.py "${peer_options[@]}"
    check bench/peers/bayes.py bench/peers/bayes.py "${peer_options[@]}"
    check bench/peers/selection.py bench/peers/selection.py "${peer_options[@]}"
    check "publish gmm ahead of time" dotnet publish src/GmmNative.Cli -c Release -r linux-x64 -p:PublishAot=true
    check bench/start.py bench/start.py --check
    check bench/deployments.py bench/deployments.py --check
    check bench/scoring_memory.py bench/scoring_memory.py --check
fi

if [ "$fuzz" = yes ]; then
    for reader in npy csv gz raw kaldi htk npz json gmm; do
        check "mutated files, $reader" dotnet tests/GmmNative.Fuzz/bin/Release/net10.0/GmmNative.Fuzz.dll mutate --reader "$reader" --seconds-per-reader 17
    done
fi

print_left_out
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
