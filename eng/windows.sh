# shellcheck shell=bash
# To be sourced by test.sh, after native.sh: the library, the program and the tests for Windows x64, under wine.

# The parts for Windows x64: the settings of wine, the library, and the tests that run there.
windows_folder=$PWD/artifacts/win-x64
windows_library=$PWD/artifacts/runtimes/win-x64/native/libgmmnative_blas.dll
has_windows_library=no
# wine 8 does not support some features that .NET uses: code pages mapped twice (W^X), methods created at run time (in test_windows), and the
# suspension of a thread that is about to end. The runtime's own threads are therefore kept from ending.
wine_environment=(env WINEPREFIX="$PWD/artifacts/wine" WINEARCH=win64 WINEDEBUG=-all LC_ALL=C.UTF-8
    DOTNET_EnableWriteXorExecute=0 DOTNET_TieredCompilation=0 DOTNET_gcConcurrent=0 DOTNET_GCgen0size=40000000 DOTNET_ThreadPool_ThreadsToKeepAlive=100)

# The test classes that run in wine: those of files, consoles and processes, and those that compute through the native library.
interop=GmmNative.Interop.Tests cli=GmmNative.Cli.Tests
declare -A windows_classes=(
    [GmmNative.Tests]="GmmNative.Tests.Reference.EmReferenceTests GmmNative.Tests.Reference.AccuracyTests GmmNative.Tests.Reference.SelfContainedLibraryTests"
    [$interop]="$interop.PeFileTests $interop.PackageLayoutTests $interop.SelfContainedLibraryTests $interop.DoubleAgreementTests
        $interop.SingleAgreementTests $interop.DoubleProductTests $interop.SingleProductTests $interop.DoubleFactorizationTests
        $interop.SingleFactorizationTests $interop.DoublePosteriorTests $interop.SinglePosteriorTests"
    [$cli]="$cli.BadInputTests $cli.InputFormatTests $cli.InterruptionTests $cli.MemoryTests $cli.ModelFileCommandTests $cli.PortabilityTests
        $cli.SilenceTests $cli.StreamedResultTests $cli.TrainTests $cli.UsageTests $cli.Damage.SelfContainedLibraryDamageTests")

# in_wine COMMAND...: runs a Windows program with these settings.
in_wine() { "${wine_environment[@]}" "$(command -v wine || command -v wine64)" "$@"; }

build_windows() {
    local native_reason="" log
    if ! is_linux_x64 || ! has_wine; then left_out "Windows x64 (wine is missing)"; return; fi
    # The Windows version that .NET 10 requires. Without the override, wine would offer to install its own .NET Framework.
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
# Requires=Console is left out: wine does not pass Ctrl-Break to a process without a window.
test_windows() {
    local project name program log settings=() options=() left=(-trait- Requires=Linux -trait- Requires=Console) projects=()
    for name in "${!windows_classes[@]}"; do projects+=("tests/$name"); done
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
        run_tests "$name (wine)" run_classes_in_wine ${windows_classes[$name]}
    done
}

# run_classes_in_wine CLASS...: runs each test class in a separate process, one test at a time, because wine 8 occasionally hangs in long test
# programs. A class that hangs is run once more. Uses the variables of test_windows.
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
