# shellcheck shell=bash
# To be sourced by test.sh: builds the libraries of native/ and runs their tests in C.

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

# Builds the self-contained libraries, and passes their locations to the .NET tests.
build_native() {
    local vendor libraries=() native_reason=""
    if ! is_linux_x64 || ! has_tools; then
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
